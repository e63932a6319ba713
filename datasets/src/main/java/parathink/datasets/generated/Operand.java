package parathink.datasets.generated;

import java.util.Map;

/** A number of a part: one that stands in the text, or the name of an earlier part. */
sealed interface Operand {
    Choice GIVEN = Given::new;

    int in(Map<String, Integer> known);

    /** Whether a number that was drawn is used, or an earlier part in its place. */
    @FunctionalInterface
    interface Choice {
        Operand of(int drawn);
    }

    /** A number in the text. */
    record Given(int value) implements Operand {
        @Override
        public int in(Map<String, Integer> known) {
            return value;
        }

        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /** The value of an earlier part. */
    record Earlier(String name) implements Operand {
        @Override
        public int in(Map<String, Integer> known) {
            return known.get(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
