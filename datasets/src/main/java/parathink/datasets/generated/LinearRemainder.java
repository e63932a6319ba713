package parathink.datasets.generated;

import java.util.Map;

/** The remainder of a linear expression. */
record LinearRemainder(Operand number, int factor, int addend, int modulus) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand) {
        int modulus = random.between(difficulty.of(11, 31, 51, 101), difficulty.of(60, 150, 399, 999));
        int number = random.between(difficulty.of(5, 5, 5, 101), difficulty.of(30, 99, 199, 999));
        int factor = random.between(difficulty.of(5, 5, 5, 12), difficulty.of(20, 60, 99, 199));
        int addend = random.between(1, difficulty.of(50, 200, 500, 999));
        return new LinearRemainder(operand.of(number), factor, addend, modulus);
    }

    @Override
    public String phrase() {
        return "the remainder when " + number + "*" + factor + "+" + addend + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int x = number.in(known);
        if (x >= modulus && working.chance(.5)) {
            x = working.remainder(x, modulus);
            working.endLine();
        }
        int product = working.product(x, factor);
        if (working.chance(.5)) {
            product = working.remainder(product, modulus);
        }
        working.endLine();
        int sum = product + addend;
        int remainder = working.equation(product, "+", addend, sum).remainder(sum, modulus);
        working.endLine();
        return remainder;
    }
}
