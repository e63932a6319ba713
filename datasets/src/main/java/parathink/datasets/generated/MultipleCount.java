package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** How many integers up to a number are divisible by one, the other or neither of two divisors. */
record MultipleCount(Operand last, int a, int b, Mode mode) implements Part {
    private static final List<Mode> MODES = List.of(Mode.values());

    /** Which integers are counted. */
    enum Mode {
        EITHER,
        NEITHER,
        ONLY_FIRST
    }

    static Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand) {
        int last = random.between(difficulty.of(30, 100, 300, 600), difficulty.of(200, 600, 999, 999));
        int a = random.between(difficulty.of(2, 2, 2, 7), difficulty.of(9, 12, 15, 39));
        int b = random.between(difficulty.of(2, 2, 2, 11), difficulty.of(9, 15, 19, 49));
        var mode = random.pick(MODES);
        return new MultipleCount(operand.of(last), a, a == b ? b + 1 : b, mode);
    }

    @Override
    public String phrase() {
        return "the number of integers from 1 to " + last + " divisible by "
                + switch (mode) {
                    case EITHER -> a + " or " + b;
                    case NEITHER -> "neither " + a + " nor " + b;
                    case ONLY_FIRST -> a + " but not " + b;
                };
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int n = last.in(known);
        int multiple = CommonMultiple.of(a, b);
        boolean bothFirst = working.chance(.4);
        if (bothFirst) {
            countBoth(n, multiple, working);
        }
        working.put(n).put("/").put(a).put(": ").put(n / a).endLine();
        if (mode != Mode.ONLY_FIRST) {
            working.put(n).put("/").put(b).put(": ").put(n / b).endLine();
        }
        if (!bothFirst) {
            countBoth(n, multiple, working);
        }
        int count = conclude(n, n / a, n / b, n / multiple, working);
        working.endLine();
        return count;
    }

    private static void countBoth(int n, int multiple, Working working) {
        working.put("lcm=").put(multiple).step();
        working.put(n).put("/").put(multiple).put(": ").put(n / multiple).endLine();
    }

    private int conclude(int n, int first, int second, int both, Working working) {
        if (mode == Mode.ONLY_FIRST) {
            working.equation(first, "-", both, first - both);
            return first - both;
        }
        int either = first + second - both;
        working.equation(first, "+", second, first + second);
        working.step().equation(first + second, "-", both, either);
        if (mode == Mode.EITHER) {
            return either;
        }
        working.step().equation(n, "-", either, n - either);
        return n - either;
    }
}
