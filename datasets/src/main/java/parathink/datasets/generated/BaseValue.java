package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** The value of a number written in another base, by Horner's rule or by the powers of the base. */
record BaseValue(int number, int base, int wording) implements Part {
    @Override
    public String phrase() {
        var written = Integer.toString(number, base);
        return wording == 0
                ? written + " (base " + base + ") in base 10"
                : "the base 10 value of " + written + " in base " + base;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        var digits = DigitSum.digits(number, base).reversed();
        return working.chance(.5) ? horner(digits, working) : powers(digits, working);
    }

    private int horner(List<Integer> digits, Working working) {
        int value = digits.getFirst();
        for (int digit : digits.subList(1, digits.size())) {
            int next = value * base + digit;
            working.put(value)
                    .put("*")
                    .put(base)
                    .put("+")
                    .put(digit)
                    .put("=")
                    .put(next)
                    .endLine();
            value = next;
        }
        return value;
    }

    private int powers(List<Integer> digits, Working working) {
        int value = 0;
        int weight = 1;
        for (int i = 1; i < digits.size(); i++) {
            weight *= base;
        }
        for (int digit : digits) {
            if (digit != 0) {
                int product = digit * weight;
                working.equation(digit, "*", weight, product);
                if (value != 0) {
                    working.step().equation(value, "+", product, value + product);
                }
                working.endLine();
                value += product;
            }
            weight /= base;
        }
        return value;
    }
}
