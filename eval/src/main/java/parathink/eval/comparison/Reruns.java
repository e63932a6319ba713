package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;

/**
 * Which runs stay away from the spend that runs are to be compared at, as their completions do not tell what their strategy would have
 * done with fewer of them. Immutable.
 *
 * @param runs that are compared
 * @param spec how
 * @param target spend, mean of a problem
 * @param standing the runs that would have to be run again
 */
public record Reruns(List<RunDirectory> runs, ComparisonSpec spec, double target, List<RunDirectory> standing) {
    /** Part of the target that a spend may be away from it and still be at it. */
    public static final double NEAR = 0.005;

    public Reruns {
        runs = List.copyOf(runs);
        standing = List.copyOf(standing);
    }

    /**
     * Of runs that are to be brought to the same spend.
     *
     * @throws ResultsException when they cannot be compared, or their spend is not known
     */
    public static Reruns of(List<RunDirectory> runs, ComparisonSpec spec) {
        var measure =
                spec.match().orElseThrow(() -> new IllegalArgumentException("--rerun needs --match to say of what"));
        var arms = arms(runs, spec);
        var bootstrap = new Bootstrap(arms.getFirst().problems(), spec.resamples(), spec.seed());
        var matching = new Matching(arms, List.of(), Optional.empty(), measure, spec, bootstrap);
        double target = matching.target().orElseThrow();
        var standing = new ArrayList<RunDirectory>();
        for (var arm : matching.standing()) {
            if (Math.abs(mean(arm, measure) / target - 1) > NEAR) {
                standing.add(arm.directory());
            }
        }
        return new Reruns(runs, spec, target, standing);
    }

    /** What a run spends on a problem, of the problems that are compared; it may be one of those that are. */
    public double spend(RunDirectory again) {
        var all = new ArrayList<>(runs);
        all.removeIf(run -> run.path().equals(again.path()));
        all.add(again);
        return mean(arms(all, spec).getLast(), spec.match().orElseThrow());
    }

    private static List<Arm> arms(List<RunDirectory> runs, ComparisonSpec spec) {
        var common = CommonProblems.of(runs);
        var labels = Arm.labels(runs);
        var arms = new ArrayList<Arm>();
        for (int i = 0; i < runs.size(); i++) {
            arms.add(Arm.of(labels.get(i), runs.get(i), common.attempts().get(i), spec));
        }
        return arms;
    }

    private static double mean(Arm arm, Measure measure) {
        return Arrays.stream(arm.of(measure)
                        .orElseThrow(() -> new ResultsException("%s: cannot be matched by %s: %s"
                                .formatted(
                                        arm.directory().path(),
                                        measure.word(),
                                        arm.unknown().get(measure)))))
                .average()
                .orElseThrow();
    }
}
