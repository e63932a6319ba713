package parathink.eval.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.Continuations;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Draw;
import parathink.eval.evidence.Trial;

/** Makes of the lines of a run directory what analyses take. Texts are read only of attempts without a right completion. */
public final class Trials {
    private final RunDirectory directory;
    private final Map<Attempt, Map<String, Draw.Forced>> forced;

    private Trials(RunDirectory directory) {
        this.directory = directory;
        this.forced = Continuations.read(directory.path());
    }

    /** All attempts of a run, in the order of its lines. */
    public static List<Trial> of(RunDirectory directory) {
        var trials = new Trials(directory);
        return directory.problems().stream().map(trials::trial).toList();
    }

    /** One attempt of a run. */
    public static Trial of(RunDirectory directory, ProblemLine line) {
        return new Trials(directory).trial(line);
    }

    private Trial trial(ProblemLine line) {
        var answering = directory.draws(line.attempt()).stream()
                .filter(RunDirectory.Draw::isAnswering)
                .toList();
        var outcome = outcome(line);
        boolean lost = outcome == Trial.Outcome.WRONG && answering.stream().noneMatch(RunDirectory.Draw::isRight);
        var states = lost ? Statements.of(directory, line) : Map.<String, Boolean>of();
        var continued = forced.getOrDefault(line.attempt(), Map.of());
        var draws = new ArrayList<Draw>(answering.size());
        for (var draw : answering) {
            draws.add(new Draw(
                    draw.isBranch(),
                    draw.answer(),
                    draw.said(),
                    draw.isRight() && draw.answer().isPresent(),
                    draw.finish().end(),
                    states.getOrDefault(draw.path(), false),
                    Optional.ofNullable(continued.get(draw.path())),
                    draw.tokens(),
                    draw.scores()));
        }
        return new Trial(line.problem(), line.repeat(), outcome, line.answer(), share(line, draws), draws);
    }

    private static Trial.Outcome outcome(ProblemLine line) {
        if (line.status() == ProblemLine.Status.ERROR) {
            return Trial.Outcome.ERROR;
        }
        if (!line.isGraded()) {
            return Trial.Outcome.UNGRADED;
        }
        return line.isRight() ? Trial.Outcome.RIGHT : Trial.Outcome.WRONG;
    }

    /** By weight among the votes, times the votes among the completions that could have voted. */
    private static OptionalDouble share(ProblemLine line, List<Draw> draws) {
        var answer = line.answer();
        if (answer.isEmpty() || line.votes().isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean weighed = line.votes().stream().allMatch(vote -> vote.weight() >= 0)
                && line.votes().stream().anyMatch(vote -> vote.weight() > 0);
        double all = 0;
        double own = 0;
        int votes = 0;
        for (var vote : line.votes()) {
            double weight = weighed ? vote.weight() : vote.count();
            all += weight;
            own += vote.answer().equals(answer.get()) ? weight : 0;
            votes += vote.count();
        }
        long voters = draws.stream()
                .filter(draw -> draw.branch() && draw.ended() != Draw.End.CANCELLED)
                .count();
        return OptionalDouble.of(Math.clamp(own / all * votes / Math.max(voters, votes), 0, 1));
    }
}
