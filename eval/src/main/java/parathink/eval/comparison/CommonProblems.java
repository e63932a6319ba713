package parathink.eval.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;

/**
 * The problems that every run has finished in all its repeats and that can be graded, with what keeps runs from being compared
 * and what a reader should know of them.
 *
 * @param ids in the order of the first run
 * @param attempts by run, then problem, then repeat
 * @param remarks one sentence each
 */
record CommonProblems(List<String> ids, List<List<List<ProblemLine>>> attempts, List<String> remarks) {

    /**
     * Aligns runs.
     *
     * @throws ResultsException when they cannot be compared, naming a directory and what to do
     */
    static CommonProblems of(List<RunDirectory> runs) {
        checkDifferent(runs);
        var remarks = new ArrayList<String>();
        var finished = new ArrayList<Map<String, List<ProblemLine>>>();
        for (var run : runs) {
            finished.add(finished(run));
            incomplete(run).ifPresent(remarks::add);
        }
        var ids = finished.getFirst().keySet().stream()
                .filter(id -> finished.stream().allMatch(byId -> byId.containsKey(id)))
                .toList();
        if (ids.isEmpty()) {
            throw nothingInCommon(runs, finished);
        }
        for (int i = 1; i < runs.size(); i++) {
            checkSame(runs.getFirst(), finished.getFirst(), runs.get(i), finished.get(i), ids);
        }
        for (int i = 0; i < runs.size(); i++) {
            int left = finished.get(i).size() - ids.size();
            if (left > 0) {
                remarks.add("%s has %d finished problems that another run has not; they are left out"
                        .formatted(runs.get(i).path(), left));
            }
        }
        remarks.addAll(differentSettings(runs));
        for (var run : runs) {
            if (run.run().device().endsWith("tokens estimated")) {
                remarks.add("%s counts tokens estimated from the texts of its pool".formatted(run.path()));
            }
        }
        if (ids.size() < 2) {
            throw new ResultsException("%s: only 1 problem in common, '%s'; an interval needs 2 or more"
                    .formatted(runs.getFirst().path(), ids.getFirst()));
        }
        return new CommonProblems(
                ids,
                finished.stream()
                        .map(byId -> ids.stream().map(byId::get).toList())
                        .toList(),
                remarks);
    }

    /** The problems of one run. */
    static CommonProblems alone(RunDirectory run) {
        var finished = finished(run);
        if (finished.size() < 2) {
            throw new ResultsException("%s: only 1 finished problem; a pilot needs 2 or more".formatted(run.path()));
        }
        return new CommonProblems(
                List.copyOf(finished.keySet()),
                List.of(List.copyOf(finished.values())),
                incomplete(run).stream().toList());
    }

    private static void checkDifferent(List<RunDirectory> runs) {
        var seen = new HashMap<Path, Path>();
        for (var run : runs) {
            var other = Optional.ofNullable(seen.put(real(run.path()), run.path()));
            if (other.isPresent()) {
                throw new ResultsException(
                        "%s: given twice; a run cannot be compared with itself".formatted(run.path()));
            }
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be read (%s)".formatted(path, e.getMessage()), e);
        }
    }

    /** Graded problems with every repeat of the run, in the order of the file. */
    private static Map<String, List<ProblemLine>> finished(RunDirectory run) {
        var byId = new LinkedHashMap<String, Map<Integer, ProblemLine>>();
        for (var line : ProblemLine.counted(run.problems())) {
            byId.computeIfAbsent(line.problem(), id -> new TreeMap<>()).put(line.repeat(), line);
        }
        var finished = new LinkedHashMap<String, List<ProblemLine>>();
        byId.forEach((id, lines) -> {
            if (lines.size() == run.run().repeats()) {
                finished.put(id, List.copyOf(lines.values()));
            }
        });
        if (finished.isEmpty()) {
            throw new ResultsException(
                    run.problems().isEmpty()
                            ? "%s: no problem is finished; let the run go on with its command".formatted(run.path())
                            : "%s: no problem can be graded in all repeats; a comparison needs reference answers"
                                    .formatted(run.path()));
        }
        return finished;
    }

    private static Optional<String> incomplete(RunDirectory run) {
        int done = run.problems().size();
        int planned = run.run().attempts();
        return run.run().status() == RunRecord.Status.COMPLETE && done >= planned
                ? Optional.empty()
                : Optional.of("%s is not complete: %d of %d attempts; its command again finishes it"
                        .formatted(run.path(), done, planned));
    }

    private static ResultsException nothingInCommon(
            List<RunDirectory> runs, List<Map<String, List<ProblemLine>>> finished) {
        for (int i = 1; i < runs.size(); i++) {
            for (int j = 0; j < i; j++) {
                var here = finished.get(i);
                var there = finished.get(j);
                if (here.keySet().stream().noneMatch(there::containsKey)) {
                    return new ResultsException(
                            "%s: has no problem in common with %s (%s here, %s there); compare runs on the same problems"
                                    .formatted(
                                            runs.get(i).path(),
                                            runs.get(j).path(),
                                            described(runs.get(i), here),
                                            described(runs.get(j), there)));
                }
            }
        }
        return new ResultsException("%s: no problem is in all %d runs; leave out the run that has others"
                .formatted(runs.getFirst().path(), runs.size()));
    }

    private static String described(RunDirectory run, Map<String, List<ProblemLine>> finished) {
        return "%s with '%s'"
                .formatted(run.run().dataset(), finished.keySet().iterator().next());
    }

    /** The same id must mean the same question, the same reference and the same grader. */
    private static void checkSame(
            RunDirectory first,
            Map<String, List<ProblemLine>> there,
            RunDirectory run,
            Map<String, List<ProblemLine>> here,
            List<String> ids) {
        for (var id : ids) {
            var before = there.get(id).getFirst();
            var now = here.get(id).getFirst();
            if (before.notes().has("options") || now.notes().has("options")) {
                continue; // options are shuffled anew in every repeat and seed, so that texts and letters differ
            }
            if (!before.reference().equals(now.reference())) {
                throw new ResultsException(
                        "%s: problem '%s' has the reference %s, and %s in %s; run both on the same file"
                                .formatted(run.path(), id, shown(now), shown(before), first.path()));
            }
            if (before.question().isPresent()
                    && now.question().isPresent()
                    && !before.question().equals(now.question())) {
                throw new ResultsException("%s: problem '%s' asks something else than in %s; run both on the same file"
                        .formatted(run.path(), id, first.path()));
            }
            checkGrades(first, there.get(id), run, here.get(id));
        }
    }

    private static void checkGrades(
            RunDirectory first, List<ProblemLine> there, RunDirectory run, List<ProblemLine> here) {
        var grades = new HashMap<String, Boolean>();
        there.forEach(line -> line.answer().ifPresent(answer -> grades.put(answer, line.isRight())));
        for (var line : here) {
            var answer = line.answer().orElse("");
            if (line.answer().isPresent() && grades.getOrDefault(answer, line.isRight()) != line.isRight()) {
                throw new ResultsException(
                        "%s: problem '%s' grades the answer %s as %s, %s as %s; run both with the same version"
                                .formatted(
                                        run.path(),
                                        line.problem(),
                                        answer,
                                        line.isRight() ? "right" : "wrong",
                                        first.path(),
                                        line.isRight() ? "wrong" : "right"));
            }
        }
    }

    private static String shown(ProblemLine line) {
        return line.reference().map("'%s'"::formatted).orElse("none");
    }

    /** Differences besides the strategy, which a reader may have overlooked. */
    private static List<String> differentSettings(List<RunDirectory> runs) {
        var remarks = new ArrayList<String>();
        var first = runs.getFirst();
        for (var run : runs.subList(1, runs.size())) {
            differs("model", run.run().originalModel(), first.run().originalModel(), run, first)
                    .ifPresent(remarks::add);
            differs(
                            "sampling",
                            run.run().settings().path("sampling").toString(),
                            first.run().settings().path("sampling").toString(),
                            run,
                            first)
                    .ifPresent(remarks::add);
            differs(
                            "grader (parathink)",
                            run.run().versions().getOrDefault("parathink", "unknown"),
                            first.run().versions().getOrDefault("parathink", "unknown"),
                            run,
                            first)
                    .ifPresent(remarks::add);
        }
        return remarks;
    }

    private static Optional<String> differs(
            String what, String here, String there, RunDirectory run, RunDirectory first) {
        return here.equals(there)
                ? Optional.empty()
                : Optional.of(
                        "%s has another %s than %s: %s, not %s".formatted(run.path(), what, first.path(), here, there));
    }
}
