package parathink.datasets.generated;

import java.util.List;

/** The kinds of part that can go on from the value of an earlier one, in the order in which they are drawn by place. */
enum Successor {
    LINEAR_REMAINDER,
    COMMON_DIVISOR,
    DIGIT_SUM,
    BASE_DIGIT_SUM,
    MULTIPLE_COUNT;

    static final List<Successor> ALL = List.of(values());

    /** The links of a long chain. */
    static final List<Successor> LINKS = List.of(LINEAR_REMAINDER, LINEAR_REMAINDER, LINEAR_REMAINDER, MULTIPLE_COUNT);

    Part draw(MersenneTwister random, Difficulty difficulty, String earlier) {
        Operand.Choice operand = drawn -> new Operand.Earlier(earlier);
        return switch (this) {
            case LINEAR_REMAINDER -> LinearRemainder.draw(random, difficulty, operand);
            case COMMON_DIVISOR -> CommonDivisor.draw(random, difficulty, operand);
            case DIGIT_SUM -> DigitSum.draw(random, difficulty, operand);
            case BASE_DIGIT_SUM -> BaseDigitSum.draw(random, difficulty, operand);
            case MULTIPLE_COUNT -> MultipleCount.draw(random, difficulty, operand);
        };
    }
}
