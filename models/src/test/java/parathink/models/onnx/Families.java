package parathink.models.onnx;

import java.util.List;
import java.util.stream.Stream;

/**
 * A small shape for each family and each thing that sets it apart. Windows and first trainings are short, so that forty tokens
 * reach beyond them.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of numbers and unmodifiable lists
enum Families {
    LLAMA_3(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            16,
            1e-5f,
            new Rotary(500000, new RotaryScaling.Llama3(8, 1, 4, 64)),
            700,
            true,
            AttentionTraits.PLAIN,
            0)),
    /** An odd group of heads, as SmolLM2 has. */
    SMOLLM_2(new DecoderConfig(48, 144, 80, 2, 9, 3, 16, 1e-5f, 100000, 700, true, false, 0)),
    LLAMA_WITH_BIASES(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            16,
            1e-5f,
            new Rotary(10000, new RotaryScaling.Linear(4)),
            700,
            false,
            new AttentionTraits(true, true, false, List.of()),
            0)),
    /** Heads that are wider than their share of the width. */
    MISTRAL(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            32,
            1e-5f,
            new Rotary(10000, new RotaryScaling.None()),
            700,
            false,
            new AttentionTraits(false, false, false, List.of(11, 11)),
            0)),
    QWEN_2(new DecoderConfig(48, 64, 80, 2, 4, 2, 16, 1e-6f, 1000000, 700, true, true, 0)),
    QWEN_2_WITH_WINDOW(new DecoderConfig(
            48,
            64,
            80,
            3,
            4,
            2,
            16,
            1e-6f,
            new Rotary(10000, new RotaryScaling.None()),
            700,
            false,
            new AttentionTraits(true, false, false, List.of(0, 7, 7)),
            0)),
    QWEN_2_WITH_YARN(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            16,
            1e-6f,
            new Rotary(10000, new RotaryScaling.Yarn(4, 32, 1, 175, 0.1 * Math.log(4) + 1, true)),
            700,
            false,
            new AttentionTraits(true, false, false, List.of()),
            0)),
    QWEN_3(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            32,
            1e-6f,
            new Rotary(1000000, new RotaryScaling.None()),
            700,
            true,
            new AttentionTraits(false, false, true, List.of()),
            0)),
    QWEN_3_WITH_BIASES(new DecoderConfig(
            48,
            64,
            80,
            2,
            4,
            2,
            32,
            1e-6f,
            new Rotary(1000000, new RotaryScaling.None()),
            700,
            false,
            new AttentionTraits(true, true, true, List.of(0, 9)),
            0));

    final DecoderConfig config;

    Families(DecoderConfig config) {
        this.config = config;
    }

    /** The shapes of all of them. */
    static Stream<DecoderConfig> shapes() {
        return Stream.of(values()).map(family -> family.config);
    }
}
