package parathink.models.onnx;

import java.util.List;

/**
 * How the rotary angles of a model are stretched so that it reads longer texts than it was first trained on. A pair of
 * numbers of a head turns by its frequency from one position to the next.
 */
sealed interface RotaryScaling {
    /** The frequency of a pair, in radians a position, from what it is without scaling. */
    double scaled(double frequency, int pair, Rotary rotary, int headSize);

    /** What queries and keys are multiplied by. */
    default double magnitude() {
        return 1;
    }

    /** Positions up to which a model is good because of its scaling; 0 where the configuration alone says. */
    default int reach() {
        return 0;
    }

    /** The field of a {@code config.json}, by either name of its kind, the older one and that of 2025. */
    static RotaryScaling read(ConfigFields rope, int positions) {
        var kind = rope.word("rope_type", rope.word("type", rope.has("factor") ? "nothing" : "default"));
        if (!List.of("default", "linear", "llama3", "yarn").contains(kind)) {
            throw rope.unusable(
                    "%srope_type must be default, linear, llama3 or yarn, got %s".formatted(rope.prefix(), kind));
        }
        int original = rope.size("original_max_position_embeddings", positions);
        return switch (kind) {
            case "linear" -> new Linear(rope.positive("factor"));
            case "llama3" ->
                new Llama3(
                        rope.positive("factor"),
                        rope.positive("low_freq_factor"),
                        rope.positive("high_freq_factor"),
                        original);
            case "yarn" -> Yarn.read(rope, positions, original);
            default -> new None();
        };
    }

    /** Angles as they are (Su et al., 2021, section 3.2). */
    record None() implements RotaryScaling {
        @Override
        public double scaled(double frequency, int pair, Rotary rotary, int headSize) {
            return frequency;
        }
    }

    /**
     * Every angle divided by the same number (Chen et al., 2023, section 3.1).
     *
     * @param factor positive
     */
    record Linear(double factor) implements RotaryScaling {
        @Override
        public double scaled(double frequency, int pair, Rotary rotary, int headSize) {
            return frequency / factor;
        }
    }

    /**
     * Slow pairs are divided, quick ones are left, and those between are mixed (Llama 3.1).
     *
     * @param low turns within {@code original} positions up to which a pair is slow
     * @param high turns from which it is quick; above {@code low}
     * @param original positions of the first training
     */
    record Llama3(double factor, double low, double high, int original) implements RotaryScaling {
        public Llama3 {
            if (!(high > low)) {
                throw new IllegalArgumentException(
                        "high_freq_factor must be above low_freq_factor, got %s and %s".formatted(high, low));
            }
        }

        @Override
        public double scaled(double frequency, int pair, Rotary rotary, int headSize) {
            double turns = original * frequency / (2 * Math.PI);
            double kept = Math.clamp((turns - low) / (high - low), 0.0, 1.0);
            return kept * frequency + (1 - kept) * frequency / factor;
        }
    }

    /**
     * As above with a ramp over the number of the pair, and queries and keys a little larger (Peng et al., 2023, sections
     * 3.2 to 3.4).
     *
     * @param fast turns within {@code original} positions from which a pair is left as it is
     * @param slow turns up to which it is divided by {@code factor}
     * @param magnitude the paper's square root of 1/t
     * @param truncated whether the ramp begins and ends at whole pairs, as in published models
     */
    record Yarn(double factor, double fast, double slow, int original, double magnitude, boolean truncated)
            implements RotaryScaling {
        private static final double LEAST_WIDTH = 0.001; // of the ramp, in pairs; as in public code

        static Yarn read(ConfigFields rope, int positions, int original) {
            // without a factor, the ratio of the two lengths is meant
            double factor = rope.positive("factor", (double) positions / original);
            double usual = rope.has("mscale") && rope.has("mscale_all_dim")
                    ? growth(factor, rope.positive("mscale")) / growth(factor, rope.positive("mscale_all_dim"))
                    : growth(factor, 1);
            return new Yarn(
                    factor,
                    rope.positive("beta_fast", 32),
                    rope.positive("beta_slow", 1),
                    original,
                    rope.positive("attention_factor", usual),
                    rope.flag("truncate", true));
        }

        private static double growth(double factor, double weight) {
            return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
        }

        @Override
        public int reach() {
            return (int) Math.min(factor * original, Integer.MAX_VALUE);
        }

        @Override
        public double scaled(double frequency, int pair, Rotary rotary, int headSize) {
            double from = pairOf(fast, rotary, headSize);
            double to = pairOf(slow, rotary, headSize);
            from = Math.max(truncated ? Math.floor(from) : from, 0);
            to = Math.min(truncated ? Math.ceil(to) : to, headSize - 1.0);
            double divided = Math.clamp((pair - from) / Math.max(to - from, LEAST_WIDTH), 0.0, 1.0);
            return divided * frequency / factor + (1 - divided) * frequency;
        }

        /** The pair, a fraction too, that turns so many times within the positions of the first training. */
        private double pairOf(double turns, Rotary rotary, int headSize) {
            return headSize * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(rotary.theta()));
        }
    }
}
