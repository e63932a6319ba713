package parathink.eval.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a second, independent grader says of the same answers: how far the headline depends on the first one.
 *
 * @param grader its name
 * @param attempts with an answer and a reference, which both graded
 * @param bothRight right by both
 * @param bothWrong wrong by both
 * @param accuracy of the run by the first grader, over the attempts that can be graded by comparing with a reference
 * @param secondAccuracy of the same attempts by the second one; without an answer they are wrong by both
 * @param disagreements in the order of the run
 */
public record GraderAgreement(
        String grader,
        int attempts,
        int bothRight,
        int bothWrong,
        Estimate accuracy,
        Estimate secondAccuracy,
        List<Disagreement> disagreements) {

    /**
     * An answer that only one of them holds right.
     *
     * @param answer as the second grader was given it
     * @param right by the first grader; by the second it is the other way round
     */
    public record Disagreement(String problem, int repeat, String reference, String answer, boolean right) {}

    /**
     * One verdict of the second grader beside the first one's.
     *
     * @param answer as the second grader was given it; empty when there was none, which is wrong by both
     */
    public record Verdict(
            String problem, int repeat, String reference, Optional<String> answer, boolean right, boolean second) {
        public Verdict {
            if (answer.isEmpty() && (right || second)) {
                throw new IllegalArgumentException("no answer cannot be right");
            }
        }
    }

    public GraderAgreement {
        disagreements = List.copyOf(disagreements);
    }

    /** Empty when there was nothing to grade. */
    public static Optional<GraderAgreement> of(String grader, List<Verdict> verdicts, Intervals intervals) {
        if (verdicts.isEmpty()) {
            return Optional.empty();
        }
        var means = new ProblemMeans(2);
        for (var verdict : verdicts) {
            means.add(verdict.problem(), verdict.right() ? 1 : 0, verdict.second() ? 1 : 0);
        }
        var accuracies = means.estimates(intervals);
        var answered = verdicts.stream()
                .filter(verdict -> verdict.answer().isPresent())
                .toList();
        return Optional.of(new GraderAgreement(
                grader,
                answered.size(),
                (int) answered.stream()
                        .filter(verdict -> verdict.right() && verdict.second())
                        .count(),
                (int) answered.stream()
                        .filter(verdict -> !verdict.right() && !verdict.second())
                        .count(),
                accuracies[0],
                accuracies[1],
                answered.stream()
                        .filter(verdict -> verdict.right() != verdict.second())
                        .map(verdict -> new Disagreement(
                                verdict.problem(),
                                verdict.repeat(),
                                verdict.reference(),
                                verdict.answer().orElseThrow(),
                                verdict.right()))
                        .toList()));
    }

    /** Answers that only the first grader holds right. */
    public int onlyFirst() {
        return (int) disagreements.stream().filter(Disagreement::right).count();
    }

    /** Answers that only the second grader holds right. */
    public int onlySecond() {
        return disagreements.size() - onlyFirst();
    }

    /** The share of the right answers of the headline that the second grader holds wrong; 0 when there is none. */
    public double hanging() {
        int right = bothRight + onlyFirst();
        return right == 0 ? 0 : (double) onlyFirst() / right;
    }

    /** Agreement beyond chance (Cohen, 1960); 1 when both gave every answer the same one verdict. */
    public double kappa() {
        double n = attempts;
        if (n == 0) {
            return 1;
        }
        double agreed = (bothRight + bothWrong) / n;
        double first = (bothRight + onlyFirst()) / n;
        double second = (bothRight + onlySecond()) / n;
        double chance = first * second + (1 - first) * (1 - second);
        return chance == 1 ? 1 : (agreed - chance) / (1 - chance);
    }
}
