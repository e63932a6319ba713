package parathink.eval.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.TimingLine;
import parathink.eval.evidence.CurvePoint;
import parathink.eval.evidence.Estimate;
import parathink.eval.evidence.Evidence;
import parathink.eval.evidence.Fate;
import parathink.eval.evidence.Intervals;
import parathink.models.Usage;

/**
 * The figures of one run.
 *
 * @param problems problems with at least one attempt
 * @param attempts lines of {@code problems.jsonl}
 * @param graded attempts that count in the accuracy: errors and missing answers do, problems without a reference do not
 * @param unanswered attempts without an answer, errors left out
 * @param accuracy share of right answers among them; empty when none can be graded; with the interval of
 *     {@link Intervals}
 * @param fates attempts by fate, every fate present
 * @param endings completions by how they came out, judges left out, every ending present
 * @param curve accuracy against completions a problem
 * @param lengths tokens of the completions, judges left out
 * @param usage the bill of all attempts together
 * @param seconds in which at least one attempt was running, interruptions left out; 0 for a replay
 * @param decoded tokens decoded in that time
 * @param evidence what the completions show beyond the accuracy
 */
public record Metrics(
        int problems,
        int attempts,
        int graded,
        int unanswered,
        Optional<Estimate> accuracy,
        Map<Fate, Integer> fates,
        Map<Ending, Integer> endings,
        List<CurvePoint> curve,
        Lengths lengths,
        Usage usage,
        double seconds,
        long decoded,
        Evidence evidence) {

    /** The figures of a run, with intervals from {@link Intervals#DEFAULT}. */
    public static Metrics of(RunDirectory directory) {
        return of(directory, Intervals.DEFAULT);
    }

    public static Metrics of(RunDirectory directory, Intervals intervals) {
        var endings = new EnumMap<Ending, Integer>(Ending.class);
        for (var ending : Ending.values()) {
            endings.put(ending, 0);
        }
        var answering = new ArrayList<RunDirectory.Draw>();
        for (var line : directory.problems()) {
            for (var draw : directory.draws(line.attempt())) {
                if (draw.isAnswering()) {
                    endings.merge(Ending.of(draw), 1, Integer::sum);
                    answering.add(draw);
                }
            }
        }
        var byProblem = gradesByProblem(directory);
        var evidence = Evidence.of(Trials.of(directory), directory.run().size(), intervals);
        return new Metrics(
                (int) directory.problems().stream()
                        .map(ProblemLine::problem)
                        .distinct()
                        .count(),
                directory.problems().size(),
                byProblem.stream().mapToInt(List::size).sum(),
                (int) directory.problems().stream()
                        .filter(line -> line.status() == ProblemLine.Status.UNANSWERED)
                        .count(),
                accuracy(byProblem, intervals),
                evidence.waterfall().counts(),
                endings,
                evidence.curve(),
                Lengths.of(answering),
                total(directory.problems()),
                directory.run().isReplay() ? 0 : busySeconds(directory.timing()),
                directory.timing().stream().mapToLong(TimingLine::tokens).sum(),
                evidence);
    }

    private static List<List<Boolean>> gradesByProblem(RunDirectory directory) {
        var grades = new LinkedHashMap<String, List<Boolean>>();
        for (var line : ProblemLine.counted(directory.problems())) {
            grades.computeIfAbsent(line.problem(), problem -> new ArrayList<>()).add(line.isRight());
        }
        return List.copyOf(grades.values());
    }

    private static Optional<Estimate> accuracy(List<List<Boolean>> byProblem, Intervals intervals) {
        if (byProblem.isEmpty()) {
            return Optional.empty();
        }
        var shares = byProblem.stream()
                .mapToDouble(grades ->
                        (double) grades.stream().filter(right -> right).count() / grades.size())
                .toArray();
        if (byProblem.stream().allMatch(grades -> grades.size() == 1)) {
            long right = byProblem.stream().filter(List::getFirst).count();
            return Optional.of(intervals.share(right, byProblem.size()));
        }
        return Optional.of(intervals.mean(shares));
    }

    private static Usage total(List<ProblemLine> lines) {
        var sums = new long[7];
        for (var line : lines) {
            var usage = line.usage();
            sums[0] += usage.prefill();
            sums[1] += usage.reused();
            sums[2] += usage.work();
            sums[3] += usage.span();
            sums[4] += usage.judgePrefill();
            sums[5] += usage.judgeWork();
            sums[6] += usage.calls();
        }
        return new Usage(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6]);
    }

    /** Length of the union of the attempts' times. */
    public static double busySeconds(List<TimingLine> timing) {
        var sorted = timing.stream()
                .sorted(Comparator.comparing(TimingLine::started))
                .toList();
        double busy = 0;
        double until = Double.NEGATIVE_INFINITY;
        for (var line : sorted) {
            double from = Duration.between(sorted.getFirst().started(), line.started())
                            .toNanos()
                    / 1e9;
            double to = from + line.seconds();
            busy += Math.max(0, to - Math.max(from, until));
            until = Math.max(until, to);
        }
        return busy;
    }

    /** What became of each attempt. */
    public Map<Attempt, Fate> fateOf() {
        var fates = new HashMap<Attempt, Fate>();
        evidence.waterfall().cases().values().stream()
                .flatMap(List::stream)
                .forEach(one -> fates.put(new Attempt(one.problem(), one.repeat()), one.fate()));
        return fates;
    }

    /** The same figures with what a second grader says of the answers. */
    public Metrics with(Evidence other) {
        return new Metrics(
                problems,
                attempts,
                graded,
                unanswered,
                accuracy,
                fates,
                endings,
                curve,
                lengths,
                usage,
                seconds,
                decoded,
                other);
    }

    /** Tokens decoded a second, where the clock was read. */
    public OptionalDouble tokensPerSecond() {
        return seconds > 0 ? OptionalDouble.of(decoded / seconds) : OptionalDouble.empty();
    }

    /** Completions, judges left out. */
    public int completions() {
        return endings.values().stream().mapToInt(count -> count).sum();
    }

    /** Attempts without an answer, errors left out, as a share of all attempts. */
    public double unansweredRate() {
        return share(unanswered, attempts);
    }

    /** Attempts that failed, as a share of all attempts. */
    public double errorRate() {
        return share(fates.get(Fate.ERROR), attempts);
    }

    /** Completions with one ending, as a share of all completions. */
    public double rate(Ending ending) {
        return share(endings.get(ending), completions());
    }

    private static double share(long some, long of) {
        return of == 0 ? 0 : (double) some / of;
    }
}
