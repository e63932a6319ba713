package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The number or the sum of the divisors of a number, from its prime factors in ascending order. */
record Divisors(int number, List<PrimePower> factors, boolean summed) implements Part {
    private static final List<Integer> PRIMES = List.of(2, 3, 5, 7, 11, 13);

    Divisors {
        factors = List.copyOf(factors);
    }

    /** One prime factor. */
    record PrimePower(int prime, int exponent) {
        /** 1, p, .. p^e. */
        List<Integer> divisors() {
            var divisors = new ArrayList<Integer>();
            int divisor = 1;
            for (int i = 0; i <= exponent; i++) {
                divisors.add(divisor);
                divisor *= prime;
            }
            return divisors;
        }

        int sum() {
            return Working.add(divisors());
        }
    }

    static Part draw(MersenneTwister random, Difficulty difficulty) {
        while (true) {
            var factors = drawFactors(random);
            int number = 1;
            int sum = 1;
            for (var factor : factors) {
                number *= factor.divisors().getLast();
                sum *= factor.sum();
            }
            if (number >= difficulty.of(6, 60, 120) && number <= difficulty.of(100, 400, 999)) {
                boolean summed = difficulty != Difficulty.EASY && sum <= 999 && random.chance(.5);
                return new Divisors(number, factors, summed);
            }
        }
    }

    private static List<PrimePower> drawFactors(MersenneTwister random) {
        var factors = new ArrayList<PrimePower>();
        for (int prime : PRIMES) {
            int most = prime == 2 ? 5 : prime == 3 ? 3 : 2;
            double drawn = random.random();
            int exponent = (int) (drawn * drawn * most);
            if (exponent > 0) {
                factors.add(new PrimePower(prime, exponent));
            }
        }
        return factors;
    }

    @Override
    public String phrase() {
        return summed ? "the sum of the divisors of " + number : "the number of divisors of " + number;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        var order = working.chance(.3) ? factors.reversed() : factors;
        int left = number;
        for (var factor : order) {
            for (int i = 0; i < factor.exponent(); i++) {
                working.equation(left, "/", factor.prime(), left / factor.prime())
                        .endLine();
                left /= factor.prime();
            }
        }
        return summed ? add(order, working) : count(order, working);
    }

    private static int count(List<PrimePower> order, Working working) {
        int count = 1;
        for (int i = 0; i < order.size(); i++) {
            int choices = order.get(i).exponent() + 1;
            working.put(i == 0 ? "" : "*").put(choices);
            count *= choices;
        }
        working.put("=").put(count).endLine();
        return count;
    }

    private static int add(List<PrimePower> order, Working working) {
        int sum = 1;
        for (int i = 0; i < order.size(); i++) {
            var factor = order.get(i);
            working.put(factor.prime()).put(": ").terms(factor.divisors());
            working.put("=").put(factor.sum()).endLine();
            if (i == 0) {
                sum = factor.sum();
            } else {
                sum = working.product(sum, factor.sum());
                working.endLine();
            }
        }
        return sum;
    }
}
