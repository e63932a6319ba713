package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sum of the decimal digits of a product. */
record DigitSum(Operand number, int factor, int wording) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand) {
        int number = random.between(difficulty.of(11, 25, 101, 1001), difficulty.of(60, 199, 999, 9999));
        int factor = random.between(difficulty.of(3, 3, 3, 101), difficulty.of(19, 99, 99, 999));
        return new DigitSum(operand.of(number), factor, random.index(2));
    }

    @Override
    public String phrase() {
        return (wording == 0 ? "the sum of the digits of " : "the digit sum of ") + number + "*" + factor;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int product = working.product(number.in(known), factor);
        working.endLine();
        var digits = digits(product, 10);
        int sum = Working.add(digits);
        working.terms(digits.reversed()).put("=").put(sum).endLine();
        return sum;
    }

    /** The digits of a number, the lowest first; 0 has one. */
    static List<Integer> digits(int number, int base) {
        var digits = new ArrayList<Integer>();
        int left = number;
        do {
            digits.add(left % base);
            left /= base;
        } while (left != 0);
        return digits;
    }
}
