package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Subsets;

/** Which strategies' own completions tell what fewer of them would have achieved, and how. */
final class Subsampling {
    /** Random orders of the completions of a problem, over all its repeats, where there is no closed form. */
    static final int ORDERS = 400;

    private static final int FEWEST = 8; // orders of one attempt, so that the error which they leave can be told

    private Subsampling() {}

    /** Whether it votes by plurality over a fixed number of completions and always answers. */
    static boolean isMajority(Arm arm) {
        return arm.directory().run().strategy().equals("self-consistency") && alwaysAnswers(arm);
    }

    /** Whether no budget cut its completions off and it never abstains. */
    private static boolean alwaysAnswers(Arm arm) {
        var settings = arm.directory().run().settings();
        return settings.path("strategy").path("abstain").asDouble(0) == 0
                && !settings.path("budget").isNumber();
    }

    /** The curve of a run over its number of completions, where it can be computed. */
    static Optional<SpendCurve> of(Arm arm, Measure measure, ComparisonSpec spec) {
        if (!alwaysAnswers(arm)) {
            return Optional.empty();
        }
        var pool = PlainPool.of(arm);
        return switch (arm.directory().run().strategy()) {
            case "self-consistency" -> pool.flatMap(plain -> plain.majority(measure, spec));
            case "best-of-n" ->
                pool.flatMap(plain -> plain.curve(
                        measure, spec, (subsets, draws, random) -> Expectation.exact(subsets.best(ranks(draws)))));
            default ->
                ScoredVote.of(arm)
                        .flatMap(vote -> pool.flatMap(plain -> plain.curve(measure, spec, drawn(vote, arm, plain))));
        };
    }

    /** Each attempt of a problem is drawn from, so that many repeats need few orders of each. */
    private static PlainPool.Credit drawn(ScoredVote vote, Arm arm, PlainPool plain) {
        int orders = Math.max(FEWEST, Math.ceilDiv(ORDERS, arm.repeats()));
        return (subsets, draws, random) -> new VoteDrawing(vote, draws, plain.size())
                .expect(Math.min(plain.size(), Subsets.largest(plain.size())), orders, random);
    }

    /** Answered and scored completions by their score, the lowest first; the others cannot win. */
    private static List<Subsets.Group> ranks(List<RunDirectory.Draw> draws) {
        var byScore = new TreeMap<Double, List<RunDirectory.Draw>>();
        for (var draw : draws) {
            if (draw.answer().isPresent() && draw.scores().score().isPresent()) {
                byScore.computeIfAbsent(draw.scores().score().getAsDouble(), key -> new ArrayList<>())
                        .add(draw);
            }
        }
        return byScore.values().stream()
                .map(equals -> new Subsets.Group(
                        equals.size(),
                        (double) equals.stream()
                                        .filter(RunDirectory.Draw::isRight)
                                        .count()
                                / equals.size()))
                .toList();
    }

    /** What to do about a run that cannot be brought to a spend. */
    static String advice(Arm arm) {
        return arm.directory().run().settings().path("strategy").has("branches")
                ? "stays at its own spend; --rerun runs it again with fewer completions or more, to bring it there"
                : "stays at its own spend, as it has no number of completions to change";
    }
}
