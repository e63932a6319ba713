package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** The remainder of a product of two earlier parts, or of the square of one, plus a number or the other part. */
record ProductOfParts(String first, String second, int addend, int modulus, Size size) implements Part {
    /** The numbers' size, and what is multiplied. */
    enum Size {
        SMALL,
        LARGE,
        LARGE_SQUARE
    }

    static Part draw(MersenneTwister random, List<String> names, boolean large) {
        int addend = random.between(1, 99);
        int modulus = large ? random.between(100, 999) : random.between(40, 299);
        var size = !large ? Size.SMALL : random.chance(.4) ? Size.LARGE_SQUARE : Size.LARGE;
        return new ProductOfParts(names.get(0), names.get(1), addend, modulus, size);
    }

    private boolean squared() {
        return size == Size.LARGE_SQUARE;
    }

    @Override
    public String phrase() {
        var sum = squared() ? first + "^2+" + second : first + "*" + second + "+" + addend;
        return "the remainder when " + sum + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int product = working.product(known.get(first), known.get(squared() ? first : second));
        if (size == Size.SMALL && working.chance(.3)) {
            product = working.remainder(product, modulus);
        }
        working.endLine();
        int added = squared() ? known.get(second) : addend;
        int sum = product + added;
        int remainder = working.equation(product, "+", added, sum).remainder(sum, modulus);
        working.endLine();
        return remainder;
    }
}
