package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.tokens;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family, from a folder of random weights to logits, beside the plain pass in double precision. */
final class FamiliesTest {
    private static final int[] TOKENS = tokens(1, 40);

    @TempDir
    Path folder;

    static Stream<Arguments> familiesInEveryMode() {
        return Stream.of(Families.values())
                .flatMap(family -> Stream.of(NumericMode.values()).map(mode -> Arguments.of(family, mode)));
    }

    @ParameterizedTest
    @EnumSource
    void aConfigurationIsReadAsItWasWritten(Families family) throws IOException {
        new FolderFiles(family.config, "F32", 1).write(folder);
        var file = folder.resolve("config.json");

        assertThat(DecoderConfig.read(new JsonMapper().readTree(file.toFile()), "config.json"))
                .isEqualTo(family.config);
    }

    @ParameterizedTest
    @EnumSource
    void computesWhatItsArchitectureSays(Families family) {
        var files = new FolderFiles(family.config, "BF16", 2);
        files.write(folder);
        var expected = new ReferenceDecoder(family.config, files.weights(), NumericMode.EXACT).logits(TOKENS);

        assertThat(error(expected, logits(NumericMode.EXACT, TOKENS))).isLessThan(5e-6);
    }

    /**
     * A number that lies next to the middle between two steps may be rounded the other way, and from there on the two passes are
     * apart by as much as rounding costs at all. Where that happens to none they agree like exact ones, which no other
     * rounding would do.
     */
    @ParameterizedTest
    @MethodSource("familiesInEveryMode")
    void computesWhatItsRoundingsSay(Families family, NumericMode mode) {
        var files = new FolderFiles(family.config, "F32", 2);
        files.write(folder);
        var reference =
                new ReferenceDecoder(read(family.config, mode), read(files.weights(), family.config, mode), mode);
        var errors = IntStream.range(0, 6)
                .mapToObj(seed -> tokens(seed, 14))
                .mapToDouble(prompt -> error(reference.logits(prompt), logits(mode, prompt)))
                .toArray();

        assertThat(Arrays.stream(errors).min().orElseThrow()).isLessThan(5e-6);
        assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(0.05);
    }

    /** A reader that ignored what sets a family apart would be off by far more than the roundings are. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SMOLLM_2", "QWEN_2"})
    void whatSetsAFamilyApartMovesTheLogits(Families family) {
        var config = family.config;
        var files = new FolderFiles(config, "F32", 1);
        files.write(folder);
        var plain = new DecoderConfig(
                config.vocabulary(),
                config.hidden(),
                config.intermediate(),
                config.layers(),
                config.heads(),
                config.kvHeads(),
                config.headSize(),
                config.epsilon(),
                config.rotary().theta(),
                config.context(),
                config.tied(),
                config.biased(),
                0);
        var expected = new ReferenceDecoder(plain, files.weights(), NumericMode.EXACT).logits(TOKENS);

        assertThat(error(expected, logits(NumericMode.EXACT, TOKENS))).isGreaterThan(0.05);
    }

    @ParameterizedTest
    @MethodSource("familiesInEveryMode")
    void keptWeightsGiveTheBitsOfFreshOnes(Families family, NumericMode mode) {
        new FolderFiles(family.config, "F16", 1).write(folder);
        var cached = logits(mode, TOKENS); // the first of these starts writes, the second maps
        var again = logits(mode, TOKENS);
        var weights = new FolderFiles(family.config, "F16", 1).weights();
        float[] inMemory;
        try (var model = OnnxModel.of(
                        Models.card(48, family.config.context()),
                        read(family.config, mode),
                        read(weights, family.config, mode),
                        mode,
                        Models.SETTINGS);
                var cache = model.newCache()) {
            inMemory = append(model, cache, TOKENS);
        }

        assertThat(Arrays.equals(cached, again)).isTrue();
        assertThat(Arrays.equals(cached, inMemory)).isTrue();
    }

    /** Angles of positions far out, where an error of a scaled frequency shows. */
    @ParameterizedTest
    @EnumSource
    void anglesAreThoseOfTheReferenceUpToTheLastPosition(Families family) {
        var config = family.config;
        int half = config.headSize() / 2;
        var frequencies = ReferenceAngles.frequencies(config.rotary(), config.headSize());
        double magnitude = ReferenceAngles.magnitude(config.rotary().scaling());
        var cosines = config.rotary().cosines(config.context(), config.headSize());
        var sines = config.rotary().sines(config.context(), config.headSize());
        for (int position = 0; position < config.context(); position++) {
            for (int pair = 0; pair < half; pair++) {
                double angle = position * frequencies[pair];
                assertThat((double) cosines[position * half + pair])
                        .isCloseTo(magnitude * Math.cos(angle), within(2e-7));
                assertThat((double) sines[position * half + pair]).isCloseTo(magnitude * Math.sin(angle), within(2e-7));
            }
        }
    }

    /** By hand: Llama 3.1's own numbers, head size 128, at the ends of its ramp and in the middle of it. */
    @Test
    void llama3DividesSlowPairsAndLeavesQuickOnes() {
        var rotary = new Rotary(500000, new RotaryScaling.Llama3(8, 1, 4, 8192));
        // pair 0 turns 8192 / 2 pi = 1304 times in the first training, pair 63 8192 / (2 pi 5e5^(126/128)) = 0.0032
        // times
        assertThat(rotary.frequency(0, 128)).isEqualTo(1);
        assertThat(rotary.frequency(63, 128) * 8).isCloseTo(Math.pow(500000, -126.0 / 128), within(1e-18));
        // pair 31 turns 2.2635 times: a third of what is above 1 stays, the rest is divided by 8
        double plain = Math.pow(500000, -62.0 / 128);
        double turns = 8192 * plain / (2 * Math.PI);
        assertThat(turns).isBetween(2.26, 2.27);
        assertThat(rotary.frequency(31, 128) / plain).isCloseTo((turns - 1) / 3 + (4 - turns) / 3 / 8, within(1e-12));
    }

    private float[] logits(NumericMode mode, int[] prompt) {
        try (var model = ModelFolder.open(folder, mode, Models.SETTINGS);
                var cache = model.newCache()) {
            return append(model, cache, prompt);
        }
    }

    /** Root mean square of the difference, as a share of that of the expected logits. */
    private static double error(double[] expected, float[] logits) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(logits[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    /** The shape that a folder is read as: in fast mode its stream is rotated, and the output layer is one of its own. */
    private static DecoderConfig read(DecoderConfig config, NumericMode mode) {
        return mode == NumericMode.FAST ? config.untied() : config;
    }

    private static Weights read(Weights weights, DecoderConfig config, NumericMode mode) {
        return mode == NumericMode.FAST ? new RotatedWeights(weights, config) : weights;
    }
}
