package parathink.datasets.generated;

import java.util.Map;

/** The remainder of a sum of two products. */
record TwoProducts(int a, int b, int c, int d, int modulus) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int low = difficulty.of(5, 5, 5, 12);
        int high = difficulty.of(20, 50, 99, 99);
        int a = random.between(low, high);
        int b = random.between(low, high);
        int c = random.between(low, high);
        int d = random.between(low, high);
        int modulus = random.between(difficulty.of(21, 31, 51, 301), difficulty.of(60, 150, 399, 999));
        return new TwoProducts(a, b, c, d, modulus);
    }

    @Override
    public String phrase() {
        return "the remainder when " + a + "*" + b + "+" + c + "*" + d + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int first = working.product(a, b);
        boolean early = working.chance(.5);
        if (early) {
            first = working.remainder(first, modulus);
        }
        working.endLine();
        int second = working.product(c, d);
        if (early) {
            second = working.remainder(second, modulus);
        }
        working.endLine();
        int sum = first + second;
        int remainder = working.equation(first, "+", second, sum).remainder(sum, modulus);
        working.endLine();
        return remainder;
    }
}
