package parathink.datasets.generated;

import java.util.List;

/** The kinds of part that stand on their own. Their order matters: a kind is drawn by its place in a list. */
enum Kind {
    MOD_POW,
    LINEAR_REMAINDER,
    TWO_PRODUCTS,
    COMMON_DIVISOR,
    COMMON_MULTIPLE,
    DIGIT_SUM,
    RECURRENCE,
    BASE,
    MULTIPLE_COUNT,
    DIVISORS,
    TWO_REMAINDERS,
    SERIES,
    BINOMIAL,
    QUADRATIC,
    POWER_SUM,
    WORD_PROBLEM;

    static final List<Kind> ALL = List.of(values());

    /** Those that are a noun phrase: all but the stories. */
    static final List<Kind> NOUNS = ALL.subList(0, ALL.indexOf(WORD_PROBLEM));

    static final List<Kind> LABORIOUS = List.of(
            LINEAR_REMAINDER,
            TWO_PRODUCTS,
            MOD_POW,
            QUADRATIC,
            RECURRENCE,
            SERIES,
            DIGIT_SUM,
            TWO_REMAINDERS,
            MULTIPLE_COUNT,
            BASE);

    /** Those with laborious parts; a kind stands here more often where more of its workings are too long. */
    static final List<Kind> LONG = List.of(
            LINEAR_REMAINDER,
            LINEAR_REMAINDER,
            LINEAR_REMAINDER,
            LINEAR_REMAINDER,
            TWO_PRODUCTS,
            TWO_PRODUCTS,
            TWO_PRODUCTS,
            SERIES,
            SERIES,
            SERIES,
            QUADRATIC,
            QUADRATIC,
            QUADRATIC,
            RECURRENCE,
            RECURRENCE,
            DIGIT_SUM,
            MULTIPLE_COUNT);

    Part draw(MersenneTwister random, Difficulty difficulty) {
        return switch (this) {
            case MOD_POW -> ModPow.draw(random, difficulty);
            case LINEAR_REMAINDER -> LinearRemainder.draw(random, difficulty, Operand.GIVEN);
            case TWO_PRODUCTS -> TwoProducts.draw(random, difficulty);
            case COMMON_DIVISOR -> CommonDivisor.draw(random, difficulty, Operand.GIVEN);
            case COMMON_MULTIPLE -> CommonMultiple.draw(random, difficulty);
            case DIGIT_SUM -> DigitSum.draw(random, difficulty, Operand.GIVEN);
            case RECURRENCE -> Recurrence.draw(random, difficulty);
            case BASE -> BaseDigitSum.draw(random, difficulty);
            case MULTIPLE_COUNT -> MultipleCount.draw(random, difficulty, Operand.GIVEN);
            case DIVISORS -> Divisors.draw(random, difficulty);
            case TWO_REMAINDERS -> TwoRemainders.draw(random, difficulty);
            case SERIES -> ArithmeticSeries.draw(random, difficulty);
            case BINOMIAL -> Binomial.draw(random, difficulty);
            case QUADRATIC -> NestedQuadratic.draw(random, difficulty);
            case POWER_SUM -> PowerSum.draw(random, difficulty);
            case WORD_PROBLEM -> WordProblem.draw(random, difficulty);
        };
    }
}
