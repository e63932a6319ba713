package parathink.datasets.generated;

import java.util.Map;

/** The sum of an arithmetic series, reduced where it is large. */
record ArithmeticSeries(int first, int difference, int terms, int modulus) implements Part {
    private static final int UNREDUCED = 1000;

    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int first = random.between(1, difficulty.of(9, 20, 40, 99));
        int difference = random.between(difficulty.of(1, 1, 1, 7), difficulty.of(5, 9, 12, 29));
        int terms = random.between(difficulty.of(4, 4, 4, 12), difficulty.of(10, 16, 24, 39));
        int sum = (2 * first + (terms - 1) * difference) * terms / 2;
        return new ArithmeticSeries(first, difference, terms, sum < UNREDUCED ? UNREDUCED : random.between(100, 999));
    }

    private int last() {
        return first + (terms - 1) * difference;
    }

    @Override
    public String phrase() {
        var series = first + "+" + (first + difference) + "+" + (first + 2 * difference) + "+...+" + last();
        return modulus == UNREDUCED
                ? "the sum " + series
                : "the remainder when " + series + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        working.put("(")
                .put(last())
                .put("-")
                .put(first)
                .put(")/")
                .put(difference)
                .put("=")
                .put(terms - 1);
        working.step().put("n=").put(terms).endLine();
        int ends = first + last();
        working.equation(first, "+", last(), ends).endLine();
        int sum;
        if (terms % 2 == 0 && working.chance(.6)) {
            sum = working.product(ends, terms / 2);
        } else {
            int twice = working.product(ends, terms);
            working.endLine();
            sum = twice / 2;
            working.equation(twice, "/", 2, sum);
        }
        working.endLine();
        if (modulus != UNREDUCED && sum >= modulus) {
            sum = working.remainder(sum, modulus);
            working.endLine();
        }
        return sum;
    }
}
