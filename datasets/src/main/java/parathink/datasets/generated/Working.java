package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;

/**
 * A written solution of one part. How large a step is taken at once is drawn, so the same part may be worked out in many
 * ways; the length of the working decides whether a part is short enough for its problem.
 */
final class Working {
    private final MersenneTwister random;
    private final double haste; // scales the chance of taking a step at once; the rest is split into smaller ones
    private final StringBuilder text = new StringBuilder(256); // few workings are longer
    private int lineStart;
    private int lines;

    Working(MersenneTwister random, double haste) {
        this.random = random;
        this.haste = haste;
    }

    String text() {
        return text.toString();
    }

    /** Characters written, line ends not counted. */
    int length() {
        return text.length() - lines;
    }

    boolean chance(double probability) {
        return random.chance(probability);
    }

    int index(int count) {
        return random.index(count);
    }

    /** Whether a step is taken at once. */
    boolean leaps(double chance) {
        return random.random() < chance * haste;
    }

    Working put(String piece) {
        text.append(piece);
        return this;
    }

    Working put(int number) {
        text.append(number);
        return this;
    }

    /** Begins another step on the same line. */
    Working step() {
        return text.length() == lineStart ? this : put(", ");
    }

    void endLine() {
        text.append('\n');
        lineStart = text.length();
        lines++;
    }

    /** Writes {@code a operator b = result}. */
    Working equation(int a, String operator, int b, int result) {
        return put(a).put(operator).put(b).put("=").put(result);
    }

    /** Writes the numbers with plus signs between them. */
    Working terms(List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            put(i == 0 ? "" : "+").put(numbers.get(i));
        }
        return this;
    }

    static int add(List<Integer> numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Writes and gives the sum, in one line of terms or one addition after the other. */
    int sum(List<Integer> numbers) {
        if (numbers.size() <= 2 || leaps(.35)) {
            int sum = add(numbers);
            terms(numbers);
            if (numbers.size() > 1) {
                put("=").put(sum);
            }
            return sum;
        }
        int sum = numbers.getFirst() + numbers.get(1);
        equation(numbers.getFirst(), "+", numbers.get(1), sum);
        for (int number : numbers.subList(2, numbers.size())) {
            step().equation(sum, "+", number, sum + number);
            sum += number;
        }
        return sum;
    }

    /** Writes and gives the product, at once or digit by digit of one factor. */
    int product(int a, int b) {
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        boolean known = high <= 12 || low < 2 || (low < 10 && high % 10 == 0 && high <= 90);
        if (known || multipliesAtOnce(low, high)) {
            equation(a, "*", b, a * b);
            return a * b;
        }
        put(a).put("*").put(b).put("=");
        int whole = low;
        int split = high;
        if (low >= 10) {
            boolean second = chance(.5);
            whole = second ? a : b;
            split = second ? b : a;
        }
        return sum(split % 10 == 0 && whole % 10 != 0 ? pieces(split, whole) : pieces(whole, split));
    }

    private boolean multipliesAtOnce(int low, int high) {
        // each condition that is reached takes a random number of its own
        return (low < 10 && leaps(.8))
                || (low % 10 == 0 && high < 100 && leaps(.8))
                || (low >= 10 && leaps(high < 100 ? .55 : .25));
    }

    /** The products of one factor with each digit of the other that is not 0, the highest first. */
    private static List<Integer> pieces(int whole, int split) {
        var pieces = new ArrayList<Integer>();
        for (int place = highestPlace(split); place > 0; place /= 10) {
            int digit = split / place % 10;
            if (digit != 0) {
                pieces.add(whole * digit * place);
            }
        }
        return pieces;
    }

    /** 100 for a number of three digits. */
    private static int highestPlace(int number) {
        int place = 1;
        while (number / place >= 10) {
            place *= 10;
        }
        return place;
    }

    /** Writes what it takes to reduce {@code x}, perhaps nothing, and gives {@code x mod modulus}. */
    int remainder(int x, int modulus) {
        if (x < modulus) {
            return x;
        }
        int quotient = x / modulus;
        int remainder = x % modulus;
        if (quotient == 1) {
            step().equation(x, "-", modulus, remainder);
        } else if (leaps(.45)) {
            step().division(x, modulus);
        } else if (quotient < 10 || leaps(.9)) {
            subtract(x, quotient, modulus);
        } else {
            divideLong(x, quotient, modulus);
        }
        return remainder;
    }

    /** Takes one digit of the quotient at a time. */
    private void divideLong(int x, int quotient, int modulus) {
        int left = x;
        for (int place = highestPlace(quotient); place > 0; place /= 10) {
            int digit = quotient / place % 10;
            if (digit != 0) {
                left = subtract(left, digit * place, modulus);
            }
        }
    }

    private int subtract(int x, int times, int modulus) {
        int product = times * modulus;
        step().equation(times, "*", modulus, product);
        step().equation(x, "-", product, x - product);
        return x - product;
    }

    /** Writes {@code x} as a multiple of the divisor and what is left. */
    Working division(int x, int divisor) {
        return put(x).put("=").put(x / divisor).put("*").put(divisor).put("+").put(x % divisor);
    }
}
