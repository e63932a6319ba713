package parathink.datasets.generated;

import java.util.Map;

/** The sum of the digits of a number in another base. */
record BaseDigitSum(Operand number, int base) implements Part {
    /** This part, or {@link BaseValue}, the way back. */
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int base = drawBase(random, difficulty);
        int number = drawNumber(random, difficulty);
        return random.chance(.5)
                ? new BaseDigitSum(new Operand.Given(number), base)
                : new BaseValue(number, base, random.index(2));
    }

    static Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand) {
        int base = drawBase(random, difficulty);
        return new BaseDigitSum(operand.of(drawNumber(random, difficulty)), base);
    }

    private static int drawBase(MersenneTwister random, Difficulty difficulty) {
        return random.between(difficulty.of(4, 2, 2), 9);
    }

    private static int drawNumber(MersenneTwister random, Difficulty difficulty) {
        return random.between(difficulty.of(20, 100, 300), difficulty.of(120, 500, 999));
    }

    @Override
    public String phrase() {
        return "the sum of the digits of " + number + " in base " + base;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int left = number.in(known);
        var digits = DigitSum.digits(left, base);
        int sum = 0;
        for (int digit : digits) {
            sum += digit;
            if (left != 0) {
                working.division(left, base).endLine();
            }
            left /= base;
        }
        working.terms(digits).put("=").put(sum).endLine();
        return sum;
    }
}
