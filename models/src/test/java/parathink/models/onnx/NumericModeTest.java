package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.onnx.Models.THINKING;
import static parathink.models.onnx.Models.THOUGHTS;
import static parathink.models.onnx.Models.TINY;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.tokens;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NumericModeTest {
    private static final int[] TOKENS = tokens(1, 40);

    /**
     * Against the same roundings in double precision. What is left is the rounding of 32-bit sums, about 1e-6; in the
     * 8-bit modes a number that lies next to the middle between two steps may go the other way, and each such case
     * moves a product by a hundredth of one of its terms.
     */
    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void computesWhatItsRoundingsSay(NumericMode mode) {
        var expected = new ReferenceDecoder(TINY, new RandomWeights(), mode).logits(TOKENS);

        assertThat(error(TINY, mode, expected)).isLessThan(mode == NumericMode.EXACT ? 5e-6 : 5e-3);
    }

    /**
     * Against exact weights. A weight or activation loses up to 1/254 of the largest one of its block or row, some 0.3
     * % of a product on average; nine products in a row, weights and activations each, give 1 to 2 %. Far less would
     * mean that nothing was rounded.
     */
    @ParameterizedTest
    @EnumSource(names = {"FAITHFUL", "FAST"})
    void roundingCostsTwoPercentOfTheLogits(NumericMode mode) {
        var exact = new ReferenceDecoder(TINY, new RandomWeights(), NumericMode.EXACT).logits(TOKENS);

        assertThat(error(TINY, mode, exact)).isBetween(0.002, 0.04);
    }

    /** Thoughts and biases are added behind the rounded products, without a rounding of their own. */
    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void biasesAndThoughtsAreNotRounded(NumericMode mode) {
        var reference = new ReferenceDecoder(THINKING, new RandomWeights(), mode);
        var seen = new ArrayList<ReferenceDecoder.Token>();
        double[] expected = {};
        for (int i = 0; i < TOKENS.length; i++) {
            int before = i == 0 ? 0 : seen.getLast().segment();
            expected = reference.append(seen, TOKENS[i], i, THOUGHTS.segment(before, TOKENS[i]));
        }

        assertThat(seen).extracting(ReferenceDecoder.Token::segment).contains(0, 2, 4);
        assertThat(error(THINKING, mode, expected)).isLessThan(mode == NumericMode.EXACT ? 5e-6 : 5e-3);
    }

    /** Root mean square of the difference, as a share of that of the expected logits. */
    private static double error(DecoderConfig config, NumericMode mode, double[] expected) {
        try (var model = Models.model(config, mode, 1);
                var cache = model.newCache()) {
            var logits = append(model, cache, TOKENS);
            double difference = 0;
            double size = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow(logits[i] - expected[i], 2);
                size += Math.pow(expected[i], 2);
            }
            return Math.sqrt(difference / size);
        }
    }
}
