package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.text.TableFiles;

/**
 * Runs against each other on the problems that all of them have: differences in accuracy and spend with intervals, and every run
 * against plain majority at the same spend. A pure function of the runs and the spec. Immutable; may be used from any thread.
 */
public final class Comparison {
    private final ComparisonSpec spec;
    private final List<Arm> arms;
    private final List<Difference> differences;
    private final Measure measure;
    private final Matching.Outcome matched;
    private final Optional<PlainPool> pool;
    private final List<String> remarks;

    private Comparison(
            ComparisonSpec spec,
            List<Arm> arms,
            List<Difference> differences,
            Measure measure,
            Matching.Outcome matched,
            Optional<PlainPool> pool,
            List<String> remarks) {
        this.spec = spec;
        this.arms = arms;
        this.differences = differences;
        this.measure = measure;
        this.matched = matched;
        this.pool = pool;
        this.remarks = remarks;
    }

    /**
     * Compares runs; the first one is the reference unless every pair is wanted.
     *
     * @throws ResultsException when they cannot be compared, naming a directory and what to do
     */
    public static Comparison of(List<RunDirectory> runs, ComparisonSpec spec) {
        return of(runs, spec, List.of());
    }

    /**
     * The same with what some of the runs did when they were run again, so that they can be brought to the common spend.
     *
     * @throws ResultsException when they cannot be compared, naming a directory and what to do
     */
    public static Comparison of(List<RunDirectory> runs, ComparisonSpec spec, List<Rerun> reruns) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("a comparison needs 2 runs or more, got " + runs.size());
        }
        runs.forEach(Comparison::requireMethod);
        spec.baseline().ifPresent(Comparison::requireMethod);
        var all = new ArrayList<>(runs);
        spec.baseline().filter(extra -> !contains(runs, extra)).ifPresent(all::add);
        int given = all.size();
        for (var rerun : reruns) {
            rerun.again().values().stream()
                    .filter(again -> !contains(all, again))
                    .forEach(all::add);
        }
        var common = CommonProblems.of(all);
        var labels = Arm.labels(all);
        var arms = new ArrayList<Arm>();
        for (int i = 0; i < all.size(); i++) {
            arms.add(Arm.of(labels.get(i), all.get(i), common.attempts().get(i), spec));
        }
        var remarks = new ArrayList<>(common.remarks());
        var pool = pool(arms.subList(0, given), spec, remarks);
        var compared = List.copyOf(arms.subList(0, runs.size()));
        remarkOnBaselines(compared, pool, remarks);
        var bootstrap = new Bootstrap(common.ids().size(), spec.resamples(), spec.seed());
        var measure = spec.match().orElse(Measure.WORK);
        var ladders =
                compared.stream().map(arm -> ladder(arm, arms, reruns, measure)).toList();
        return new Comparison(
                spec,
                compared,
                differences(compared, spec, bootstrap),
                measure,
                new Matching(compared, ladders, pool, measure, spec, bootstrap).outcome(),
                pool,
                List.copyOf(remarks));
    }

    private static Optional<Ladder> ladder(Arm arm, List<Arm> arms, List<Rerun> reruns, Measure measure) {
        return reruns.stream()
                .filter(rerun -> contains(List.of(rerun.run()), arm.directory()))
                .findFirst()
                .map(rerun -> Ladder.of(
                        List.copyOf(rerun.again().keySet()),
                        rerun.again().values().stream()
                                .map(again -> arms.stream()
                                        .filter(other -> contains(List.of(again), other.directory()))
                                        .findFirst()
                                        .orElseThrow())
                                .toList(),
                        measure));
    }

    private static void requireMethod(RunDirectory run) {
        if (run.run().isDiagnostic()) {
            throw new ResultsException(
                    "%s: a diagnosis, which was told the right answers, and no method to compare; 'parathink report' shows it beside others"
                            .formatted(run.path()));
        }
    }

    private static boolean contains(List<RunDirectory> runs, RunDirectory extra) {
        var path = extra.path().toAbsolutePath().normalize();
        return runs.stream()
                .anyMatch(run -> run.path().toAbsolutePath().normalize().equals(path));
    }

    private static List<Difference> differences(List<Arm> arms, ComparisonSpec spec, Bootstrap bootstrap) {
        var differences = new ArrayList<Difference>();
        for (int reference = 0; reference < (spec.everyPair() ? arms.size() : 1); reference++) {
            for (int other = reference + 1; other < arms.size(); other++) {
                differences.add(Difference.of(
                        Difference.Side.of(arms.get(other)), Difference.Side.of(arms.get(reference)), bootstrap));
            }
        }
        return Difference.adjusted(differences);
    }

    /** The named pool, or else the largest one. */
    private static Optional<PlainPool> pool(List<Arm> arms, ComparisonSpec spec, List<String> remarks) {
        if (spec.baseline().isPresent()) {
            var path = spec.baseline().get().path();
            var named = arms.stream()
                    .filter(arm ->
                            contains(List.of(arm.directory()), spec.baseline().get()))
                    .findFirst()
                    .flatMap(PlainPool::of);
            if (named.isEmpty()) {
                throw new ResultsException(
                        "%s: is no pool of plain completions, the same number for every problem; give a run of self-consistency"
                                .formatted(path));
            }
            return named;
        }
        var largest = arms.stream()
                .map(PlainPool::of)
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(PlainPool::size));
        if (largest.isEmpty()) {
            remarks.add("no run has plain completions to take majorities from; give one of self-consistency"
                    + " on the same problems with --baseline");
        }
        return largest;
    }

    private static void remarkOnBaselines(List<Arm> arms, Optional<PlainPool> pool, List<String> remarks) {
        if (arms.stream().noneMatch(arm -> arm.directory().run().strategy().equals("greedy"))) {
            remarks.add("no greedy run is among them; add one with --strategy greedy on the same problems");
        }
        pool.ifPresent(plain -> {
            var shown = plain.arm().directory().run().settings().path("sampling");
            for (var arm : arms) {
                var other = arm.directory().run().settings().path("sampling");
                if (!arm.directory().run().strategy().equals("greedy")
                        && !other.path("temperature").equals(shown.path("temperature"))) {
                    remarks.add("plain majority is of temperature %s, %s of %s"
                            .formatted(
                                    shown.path("temperature").asText(),
                                    arm.label(),
                                    other.path("temperature").asText()));
                }
            }
        });
    }

    ComparisonSpec spec() {
        return spec;
    }

    List<Arm> arms() {
        return arms;
    }

    List<Difference> differences() {
        return differences;
    }

    Measure measure() {
        return measure;
    }

    Matching.Outcome matched() {
        return matched;
    }

    Optional<PlainPool> pool() {
        return pool;
    }

    List<String> remarks() {
        return remarks;
    }

    /** What a reader should know of the runs besides the figures, one sentence each. */
    public List<String> warnings() {
        return remarks;
    }

    /** The figures for a terminal, at most 100 columns wide. */
    public String terminal() {
        return new ComparisonText(this).text();
    }

    /** The figures as one JSON object. */
    public ObjectNode json() {
        return new ComparisonJson(this).object();
    }

    /** Writes the tables into a folder, made if need be; each file whole or not at all. */
    public void writeTo(Path folder) {
        try {
            TableFiles.write(new ComparisonTables(this).all(), folder);
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: the tables cannot be written (%s); choose another folder with --out"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }
}
