package parathink.eval.comparison;

import java.util.Optional;

/** Which strategies' own completions tell what fewer of them would have achieved. */
final class Subsampling {
    private Subsampling() {}

    /** Whether it votes by plurality over a fixed number of completions and always answers. */
    static boolean isMajority(Arm arm) {
        var run = arm.directory().run();
        return run.strategy().equals("self-consistency")
                && run.settings().path("strategy").path("abstain").asDouble(0) == 0
                && !run.settings().path("budget").isNumber();
    }

    /** The curve of a run over its number of completions, where it can be computed. */
    static Optional<SpendCurve> of(Arm arm, Measure measure, ComparisonSpec spec) {
        return isMajority(arm) ? PlainPool.of(arm).flatMap(plain -> plain.majority(measure, spec)) : Optional.empty();
    }

    /** What to do about a run that cannot be brought to a spend. */
    static String advice(Arm arm, double spend, double wanted) {
        var branches = arm.directory().run().settings().path("strategy").path("branches");
        if (branches.asInt(0) > 1 && PlainPool.of(arm).isPresent()) {
            long fewer = Math.max(1, Math.round(branches.asInt() * wanted / spend));
            return "stays at its own spend; run it with -n %d to bring it there".formatted(fewer);
        }
        return "stays at its own spend";
    }
}
