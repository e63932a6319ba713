package parathink.datasets.generated;

import java.util.ArrayList;
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
        var terms = new ArrayList<Integer>();
        for (var name : names) {
            terms.add(known.get(name));
        }
        int sum = working.sum(terms);
        int remainder = working.remainder(sum, modulus);
        working.endLine();
        return remainder;
    }
}
