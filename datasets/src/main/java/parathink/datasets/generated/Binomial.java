package parathink.datasets.generated;

import java.util.Map;

/** A binomial coefficient, worked from either end of the product. */
record Binomial(int n, int k, int wording) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int n = random.between(4, difficulty.of(7, 10, 12));
        int k = random.between(2, n - 2);
        return new Binomial(n, k, random.index(2));
    }

    @Override
    public String phrase() {
        return wording == 0 ? "C(" + n + "," + k + ")" : "the number of ways to choose " + k + " of " + n + " people";
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int fewer = Math.min(k, n - k);
        if (fewer != k) {
            symbol(n, fewer, working).endLine();
        }
        return working.chance(.5) ? fromAbove(fewer, working) : fromBelow(fewer, working);
    }

    private int fromAbove(int fewer, Working working) {
        int ways = n;
        for (int i = 1; i < fewer; i++) {
            int product = working.product(ways, n - i);
            ways = product / (i + 1);
            working.step().equation(product, "/", i + 1, ways).endLine();
        }
        return ways;
    }

    private int fromBelow(int fewer, Working working) {
        int ways = n - fewer + 1;
        symbol(ways, 1, working).put("=").put(ways).endLine();
        for (int i = 2; i <= fewer; i++) {
            symbol(n - fewer + i, i, working).put("=");
            ways = working.product(ways, n - fewer + i) / i;
            working.put("/").put(i).put("=").put(ways).endLine();
        }
        return ways;
    }

    private static Working symbol(int n, int k, Working working) {
        return working.put("C(").put(n).put(",").put(k).put(")");
    }
}
