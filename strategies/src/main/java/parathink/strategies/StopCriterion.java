package parathink.strategies;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import parathink.models.Completion;
import parathink.models.Seed;

/**
 * When the answers so far are enough (adaptive consistency: Aggarwal et al., 2023, arXiv 2305.11860, section 3 and the comparison of stopping
 * functions). Asked after every answer; what it reads of them is given where it is satisfied, and nothing otherwise.
 */
public sealed interface StopCriterion {
    /**
     * What satisfies it.
     *
     * @param counts completions by answer, most first; at least one answer
     * @param last the completion that answered last
     */
    OptionalDouble reached(List<Integer> counts, Completion last);

    /** The word used in settings and notes. */
    String word();

    /** What it reads of the answers, for the record. */
    String measure();

    /**
     * It is certain enough that the answer in the lead is the model's most probable one.
     *
     * @param threshold certainty that is enough, from 0.5 to 1
     */
    record Certainty(LeadCertainty how, double threshold) implements StopCriterion {
        public Certainty {
            Objects.requireNonNull(how, "how");
            Checks.between("threshold", threshold, 0.5, 1);
        }

        @Override
        public OptionalDouble reached(List<Integer> counts, Completion last) {
            return how.reaching(threshold, counts);
        }

        @Override
        public String word() {
            return how.word();
        }

        @Override
        public String measure() {
            return "certainty";
        }
    }

    /**
     * The entropy of the answers is small. It is divided by its most for as many answers; where all agree, one vote for another answer is
     * imagined, as in the authors' code: four of one mind have 0.722.
     *
     * @param most normalised entropy that is still small, from 0 to 1
     */
    record Entropy(double most) implements StopCriterion {
        public Entropy {
            Checks.between("entropy", most, 0, 1);
        }

        @Override
        public OptionalDouble reached(List<Integer> counts, Completion last) {
            double entropy = normalised(counts.size() < 2 ? List.of(counts.getFirst(), 1) : counts);
            return severalAnswered(counts) && entropy <= most ? OptionalDouble.of(entropy) : OptionalDouble.empty();
        }

        private static double normalised(List<Integer> counts) {
            double total = total(counts);
            double entropy = 0;
            for (int count : counts) {
                entropy -= count / total * StrictMath.log(count / total);
            }
            return entropy / StrictMath.log(counts.size());
        }

        @Override
        public String word() {
            return "entropy";
        }

        @Override
        public String measure() {
            return "entropy";
        }
    }

    /**
     * The first answer has a large share of the answers.
     *
     * @param least share that is large, above 0 and at most 1
     */
    record Share(double least) implements StopCriterion {
        public Share {
            if (!(least > 0 && least <= 1)) {
                throw new IllegalArgumentException("share must be above 0 and at most 1, got " + least);
            }
        }

        @Override
        public OptionalDouble reached(List<Integer> counts, Completion last) {
            double share = counts.getFirst() / (double) total(counts);
            return severalAnswered(counts) && share >= least ? OptionalDouble.of(share) : OptionalDouble.empty();
        }

        @Override
        public String word() {
            return "majority";
        }

        @Override
        public String measure() {
            return "share";
        }
    }

    /**
     * A coin falls so, whatever the answers: what the others must be better than. The coin is named by the completion's own seed, so that the
     * same run ends at the same place.
     *
     * @param probability of ending after an answer, from 0 to 1
     */
    record Chance(double probability) implements StopCriterion {
        private static final double LARGEST = 0x1p53; // above every value of a seed

        public Chance {
            Checks.between("chance", probability, 0, 1);
        }

        @Override
        public OptionalDouble reached(List<Integer> counts, Completion last) {
            double coin = Seed.of(last.seed()).child("stop").value() / LARGEST;
            return coin < probability ? OptionalDouble.of(coin) : OptionalDouble.empty();
        }

        @Override
        public String word() {
            return "random";
        }

        @Override
        public String measure() {
            return "coin";
        }
    }

    private static int total(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** A single answer has no rival to be compared with. */
    private static boolean severalAnswered(List<Integer> counts) {
        return total(counts) > 1;
    }
}
