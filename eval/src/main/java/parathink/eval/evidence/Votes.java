package parathink.eval.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attempts that answered by a vote of two completions or more, with the share of the vote that their answers had. */
final class Votes {
    private final double[] shares;
    private final double[] right;
    private final int[] problems;
    private final double[] weights;
    private final int problemCount;

    private Votes(List<Trial> voted) {
        Map<String, Integer> index = new HashMap<>();
        shares = voted.stream()
                .mapToDouble(trial -> trial.answer().isPresent() ? trial.share().orElse(0) : 0)
                .toArray();
        right = voted.stream().mapToDouble(trial -> trial.isRight() ? 1 : 0).toArray();
        problems = voted.stream()
                .mapToInt(trial -> index.computeIfAbsent(trial.problem(), key -> index.size()))
                .toArray();
        problemCount = index.size();
        var attempts = new int[problemCount];
        for (int problem : problems) {
            attempts[problem]++;
        }
        weights = Arrays.stream(problems)
                .mapToDouble(problem -> 1.0 / attempts[problem])
                .toArray();
    }

    static Votes of(List<Trial> trials) {
        return new Votes(trials.stream()
                .filter(trial -> trial.isGraded()
                        && trial.answer().isPresent()
                        && trial.share().isPresent()
                        && trial.draws().size() > 1)
                .toList());
    }

    /** Every attempt that can be graded; one without an answer or a vote has the share 0. */
    static Votes ofAll(List<Trial> trials) {
        return new Votes(trials.stream().filter(Trial::isGraded).toList());
    }

    int size() {
        return shares.length;
    }

    int problems() {
        return problemCount;
    }

    double share(int attempt) {
        return shares[attempt];
    }

    /** 1 for a right answer, 0 for a wrong one, by attempt; not to be changed. */
    double[] right() {
        return right;
    }

    /** The problem of an attempt, counted from 0. */
    int problem(int attempt) {
        return problems[attempt];
    }

    /** What an attempt counts, so that every problem counts one. */
    double weight(int attempt) {
        return weights[attempt];
    }

    /** Every problem once. */
    int[] once() {
        var once = new int[problemCount];
        Arrays.fill(once, 1);
        return once;
    }
}
