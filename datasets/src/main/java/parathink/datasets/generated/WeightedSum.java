package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The remainder of a weighted sum of earlier parts. */
record WeightedSum(List<String> names, List<Integer> weights, int modulus) implements Part {
    WeightedSum {
        names = List.copyOf(names);
        weights = List.copyOf(weights);
    }

    static Part draw(MersenneTwister random, List<String> names, boolean large) {
        var weights = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            weights.add(random.between(1, large ? 19 : 4));
        }
        return new WeightedSum(names, weights, large ? random.between(200, 999) : random.between(60, 400));
    }

    @Override
    public String phrase() {
        var sum = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            sum.append(i == 0 ? "" : "+");
            sum.append(weights.get(i) > 1 ? weights.get(i).toString() : "").append(names.get(i));
        }
        return "the remainder when " + sum + " is divided by " + modulus;
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        var terms = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            int weight = weights.get(i);
            int value = known.get(names.get(i));
            terms.add(weight * value);
            if (weight > 1) {
                working.step().equation(weight, "*", value, weight * value);
            }
        }
        int remainder = working.remainder(working.step().sum(terms), modulus);
        working.endLine();
        return remainder;
    }
}
