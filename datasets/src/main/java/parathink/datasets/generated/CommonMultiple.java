package parathink.datasets.generated;

import java.util.Map;

/** The least common multiple, by way of the greatest common divisor or by trying multiples. */
record CommonMultiple(int a, int b, int wording) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        while (true) {
            int divisor = random.between(2, 20);
            int a = divisor * random.between(1, difficulty.of(8, 15, 25));
            int b = divisor * random.between(2, difficulty.of(8, 15, 25));
            if (a != b && of(a, b) <= 999) {
                return new CommonMultiple(a, b, random.index(2));
            }
        }
    }

    static int of(int a, int b) {
        return a / CommonDivisor.of(a, b) * b;
    }

    @Override
    public String phrase() {
        return wording == 0 ? "lcm(" + a + "," + b + ")" : "the least common multiple of " + a + " and " + b;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int high = Math.max(a, b);
        int low = Math.min(a, b);
        if (of(a, b) / high > 9 || working.chance(.5)) {
            int divisor = CommonDivisor.of(a, b, working);
            working.put("gcd=")
                    .put(divisor)
                    .step()
                    .equation(a, "/", divisor, a / divisor)
                    .endLine();
            int multiple = working.product(a / divisor, b);
            working.endLine();
            return multiple;
        }
        int multiple = high;
        working.division(multiple, low).endLine();
        while (multiple % low != 0) {
            multiple += high;
            working.division(multiple, low).endLine();
        }
        return multiple;
    }
}
