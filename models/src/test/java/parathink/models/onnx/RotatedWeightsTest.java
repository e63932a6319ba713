package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static parathink.models.onnx.Models.TINY;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.tokens;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RotatedWeightsTest {
    private static final int[] TOKENS = tokens(1, 40);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 48, 576})
    void rowsOfTheRotationAreOrthogonalAndOfLengthOne(int size) {
        var matrix = rotation(size);

        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < size; k++) {
                    product += (double) matrix[i * size + k] * matrix[j * size + k];
                }
                assertThat(product).as("%d, %d", i, j).isCloseTo(i == j ? 1 : 0, within(1e-5));
            }
        }
    }

    /** One number alone has all of a row; after the rotation no place has more than 1.42 times its even share. */
    @ParameterizedTest
    @ValueSource(ints = {64, 576, 896})
    void oneLargeNumberIsSpreadOverTheWholeRow(int size) {
        var matrix = rotation(size);

        for (float share : matrix) {
            assertThat(Math.abs(share) * Math.sqrt(size)).isLessThan(Math.sqrt(2) + 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"48, 5", "64, 3"})
    void columnsAreTurnedTheWayBackOfRows(int size, int others) {
        var random = new RandomWeights().tensor("a.weight", others, size);
        var there = random.clone();
        new Rotation(size).rows(there); // (others, size) x Q
        var turned = new float[random.length];
        for (int row = 0; row < others; row++) {
            for (int column = 0; column < size; column++) {
                turned[column * others + row] = random[row * size + column];
            }
        }

        var columns = new Rotation(size).columns(turned); // Q^T x (size, others): the same numbers, turned over

        for (int row = 0; row < others; row++) {
            for (int column = 0; column < size; column++) {
                assertThat(columns[column * others + row]).isEqualTo(there[row * size + column]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exactLogitsAreThoseOfTheWeightsAsTheyWere(boolean tied) {
        var config = shape(tied);
        var expected = logits(config, new RandomWeights(), NumericMode.EXACT);

        var rotated = logits(config.untied(), new RotatedWeights(new RandomWeights(), config), NumericMode.EXACT);

        assertThat(error(rotated, expected)).isLessThan(1e-5);
    }

    /** Three channels of the stream a hundred times as large as the others, which trained models have. */
    @ParameterizedTest
    @EnumSource(names = "FAST")
    void roundingLosesLessOfAStreamWithLargeChannels(NumericMode mode) {
        var config = shape(true);
        var expected = logits(config, RotatedWeightsTest::largeChannels, NumericMode.EXACT);

        double plain = error(logits(config, RotatedWeightsTest::largeChannels, mode), expected);
        double rotated = error(
                logits(config.untied(), new RotatedWeights(RotatedWeightsTest::largeChannels, config), mode), expected);

        assertThat(rotated).isLessThan(plain / 2);
    }

    private static float[] largeChannels(String name, int... shape) {
        var values = new RandomWeights().tensor(name, shape);
        if (name.equals("model.embed_tokens.weight")) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= i % shape[1] % 20 == 7 ? 100 : 1;
            }
        }
        return values;
    }

    private static float[] rotation(int size) {
        var matrix = new float[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        new Rotation(size).rows(matrix);
        return matrix;
    }

    private static DecoderConfig shape(boolean tied) {
        return new DecoderConfig(
                TINY.vocabulary(), 48, TINY.intermediate(), 2, 4, 2, 16, 1e-5f, 10000, 700, tied, false, 0);
    }

    private static float[] logits(DecoderConfig config, Weights weights, NumericMode mode) {
        var card = Models.card(config.vocabulary(), config.context());
        try (var model = OnnxModel.of(card, config, weights, mode, Models.SETTINGS);
                var cache = model.newCache()) {
            return append(model, cache, TOKENS);
        }
    }

    private static double error(float[] logits, float[] expected) {
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(logits[i] - expected[i], 2);
        }
        double size = Arrays.stream(toDoubles(expected)).map(x -> x * x).sum();
        return Math.sqrt(difference / size);
    }

    private static double[] toDoubles(float[] values) {
        var doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
