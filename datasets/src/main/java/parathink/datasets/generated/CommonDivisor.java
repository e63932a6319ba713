package parathink.datasets.generated;

import java.util.Map;

/** The greatest common divisor, by Euclid's algorithm. */
record CommonDivisor(Operand first, int second, boolean swapped, int wording) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand) {
        int divisor = random.between(2, difficulty.of(12, 30, 45));
        int most = Math.max(2, difficulty.of(120, 400, 999) / divisor);
        int first = divisor * random.between(2, most);
        int second = divisor * random.between(2, most);
        return new CommonDivisor(operand.of(first), second, random.chance(.5), random.index(2));
    }

    @Override
    public String phrase() {
        var left = swapped ? Integer.toString(second) : first.toString();
        var right = swapped ? first.toString() : Integer.toString(second);
        return wording == 0
                ? "gcd(" + left + "," + right + ")"
                : "the greatest common divisor of " + left + " and " + right;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        return of(first.in(known), second, working);
    }

    /** Writes one division a line. */
    static int of(int a, int b, Working working) {
        int high = Math.max(a, b);
        int low = Math.min(a, b);
        while (low != 0) {
            working.division(high, low).endLine();
            int remainder = high % low;
            high = low;
            low = remainder;
        }
        return high;
    }

    static int of(int a, int b) {
        return b == 0 ? a : of(b, a % b);
    }
}
