package parathink.datasets.generated;

import java.util.Map;

/** The sum of the squares or cubes of two numbers, from their sum and product (Viete's formulas). */
record PowerSum(int sum, int product, boolean cubes) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        while (true) {
            int sum = random.between(2, difficulty.of(9, 15, 20));
            int product = random.between(1, difficulty.of(15, 40, 60));
            var part = new PowerSum(sum, product, difficulty != Difficulty.EASY && random.chance(.6));
            if (part.value() >= 0 && part.value() <= 999) {
                return part;
            }
        }
    }

    private int value() {
        return cubes ? sum * sum * sum - 3 * sum * product : sum * sum - 2 * product;
    }

    @Override
    public String phrase() {
        int power = cubes ? 3 : 2;
        return "x^" + power + "+y^" + power + " if x+y=" + sum + " and xy=" + product;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        if (!cubes) {
            working.put(sum).put("^2-2*").put(product).put("=");
            working.equation(sum * sum, "-", 2 * product, value()).endLine();
        } else if (working.chance(.5)) {
            int cube = working.product(sum * sum, sum);
            working.endLine();
            int mixed = working.product(3 * sum, product);
            working.endLine();
            working.equation(cube, "-", mixed, cube - mixed).endLine();
        } else {
            int bracket = sum * sum - 3 * product;
            working.equation(sum * sum, "-", 3 * product, bracket).endLine();
            int cubeSum = working.product(sum, bracket);
            working.endLine();
            return cubeSum;
        }
        return value();
    }
}
