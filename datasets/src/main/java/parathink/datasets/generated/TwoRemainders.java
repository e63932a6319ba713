package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.Map;

/** The least number with two given remainders (Chinese remainder theorem), found by stepping through one class. */
record TwoRemainders(int number, int a, int b) implements Part {
    private static final int MOST_STEPS = 9; // multiples of one modulus below the number

    static Part draw(MersenneTwister random, Difficulty difficulty) {
        while (true) {
            int a = random.between(3, difficulty.of(7, 13, 25));
            int b = random.between(3, difficulty.of(9, 17, 31));
            if (a == b || CommonDivisor.of(a, b) > 1) {
                continue;
            }
            int number = random.between(1, a * b - 1);
            if (number <= 999 && Math.min(number / a, number / b) <= MOST_STEPS) {
                return new TwoRemainders(number, a, b);
            }
        }
    }

    @Override
    public String phrase() {
        return "the least positive n with n mod " + a + "=" + number % a + " and n mod " + b + "=" + number % b;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        var steps = new ArrayList<Integer>();
        if (number / a <= MOST_STEPS) {
            steps.add(a);
        }
        if (number / b <= MOST_STEPS) {
            steps.add(b);
        }
        int step = steps.get(working.index(steps.size()));
        int modulus = step == a ? b : a;
        int wanted = number % modulus;
        working.put("step ")
                .put(step)
                .step()
                .put("want ")
                .put(wanted)
                .put(" mod ")
                .put(modulus)
                .endLine();
        int n = number % step == 0 ? step : number % step;
        working.put(n).put(":").put(n % modulus);
        while (n % modulus != wanted) {
            n += step;
            working.put(" ").put(n).put(":").put(n % modulus);
        }
        working.endLine();
        return n;
    }
}
