package parathink.datasets.generated;

import java.util.Map;

/** A quadratic function modulo a number, applied once or twice. */
record NestedQuadratic(int a, int b, int c, int start, int modulus, int depth) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int a = random.between(difficulty.of(1, 1, 1, 2), difficulty.of(3, 5, 8, 9));
        int b = random.between(0, difficulty.of(9, 9, 9, 29));
        int c = random.between(0, difficulty.of(20, 20, 20, 99));
        int start = random.between(difficulty.of(1, 1, 1, 12), difficulty.of(6, 10, 15, 99));
        int modulus = random.between(difficulty.of(20, 30, 60, 201), difficulty.of(60, 99, 199, 999));
        return new NestedQuadratic(a, b, c, start, modulus, difficulty.of(1, 2, 2, 1));
    }

    @Override
    public String phrase() {
        return "f(".repeat(depth) + start + ")".repeat(depth) + " if f(x)=" + a + "x^2+" + b + "x+" + c + " mod "
                + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int x = start;
        for (int i = 0; i < depth; i++) {
            x = apply(x, working);
            working.endLine();
        }
        return x;
    }

    private int apply(int x, Working working) {
        boolean termByTerm = working.chance(.5);
        working.put("f(").put(x).put("): ");
        int value;
        if (termByTerm) {
            int square = working.product(x, x);
            value = a * square + b * x + c;
            working.step()
                    .put(a * square)
                    .put("+")
                    .put(b * x)
                    .put("+")
                    .put(c)
                    .put("=")
                    .put(value);
        } else {
            int slope = a * x + b;
            working.put(a).put("*").put(x).put("+").put(b).put("=").put(slope).step();
            int product = working.product(slope, x);
            value = product + c;
            working.step().equation(product, "+", c, value);
        }
        return working.remainder(value, modulus);
    }
}
