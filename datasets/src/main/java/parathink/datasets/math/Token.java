package parathink.datasets.math;

/** One piece of an answer's notation. */
sealed interface Token {
    /** Digits, with what they are worth. */
    record Numeral(String digits, Rational value, int places, boolean spaced) implements Token {
        boolean whole() {
            return places == 0 && value.isInteger();
        }
    }

    /** One variable, such as {@code x} or {@code alpha}. */
    record Name(String name, boolean spaced) implements Token {}

    record Word(String text) implements Token {}

    /** A LaTeX command or a plain function name that takes arguments, such as {@code frac} or {@code sin}. */
    record Command(String name) implements Token {}

    /** An operator, a bracket, a separator. */
    record Mark(String sign) implements Token {}

    default boolean is(String sign) {
        return this instanceof Mark mark && mark.sign.equals(sign);
    }
}
