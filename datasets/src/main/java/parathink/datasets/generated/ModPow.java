package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A power modulo a number, worked by repeated multiplication or by squaring. */
record ModPow(int base, int exponent, int modulus, int wording) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int base = random.between(2, difficulty.of(9, 15, 30));
        int exponent = random.between(difficulty.of(3, 4, 6), difficulty.of(6, 10, 20));
        int modulus = random.between(difficulty.of(7, 11, 31), difficulty.of(30, 60, 130));
        return new ModPow(base, exponent, modulus, random.index(2));
    }

    @Override
    public String phrase() {
        return wording == 0
                ? "the remainder when " + base + "^" + exponent + " is divided by " + modulus
                : base + "^" + exponent + " mod " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        boolean oneByOne = exponent <= 8 && working.chance(.5);
        if (base >= modulus) {
            working.put(base).put("=").put(base % modulus).endLine();
        }
        return oneByOne ? multiply(working) : square(working);
    }

    private int multiply(Working working) {
        int power = base % modulus;
        for (int i = 2; i <= exponent; i++) {
            power = times(power, base % modulus, i, working);
        }
        return power;
    }

    private int square(Working working) {
        int power = base % modulus;
        var powers = new TreeMap<>(Map.of(1, power));
        int reached = 1;
        while (reached * 2 <= exponent) {
            reached *= 2;
            power = times(power, power, reached, working);
            powers.put(reached, power);
        }
        var missing = missing(reached, powers.keySet(), working.chance(.5));
        if (!missing.isEmpty()) {
            working.put(exponent).put("=").put(reached).put("+").terms(missing).endLine();
        }
        for (int further : missing) {
            reached += further;
            power = times(power, powers.get(further), reached, working);
        }
        return power;
    }

    /** The powers of two that lead from the exponent reached to the one asked for. */
    private List<Integer> missing(int reached, Iterable<Integer> squares, boolean downwards) {
        var missing = new ArrayList<Integer>();
        for (int square : squares) {
            if (((exponent - reached) & square) != 0) {
                missing.add(square);
            }
        }
        return downwards ? missing.reversed() : missing;
    }

    private int times(int a, int b, int reached, Working working) {
        working.put("^").put(reached).put(": ");
        int power = working.remainder(working.product(a, b), modulus);
        working.endLine();
        return power;
    }
}
