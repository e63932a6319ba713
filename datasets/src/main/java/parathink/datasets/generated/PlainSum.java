package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** The remainder of the sum of earlier parts. */
record PlainSum(List<String> names, int modulus) implements Part {
    PlainSum {
        names = List.copyOf(names);
    }

    static Part draw(MersenneTwister random, List<String> names) {
        return new PlainSum(names, random.between(50, 300));
    }

    @Override
    public String phrase() {
        return "the remainder when " + String.join("+", names) + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int sum = working.sum(names.stream().map(known::get).toList());
        int remainder = working.remainder(sum, modulus);
        working.endLine();
        return remainder;
    }
}
