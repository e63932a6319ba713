package parathink.models.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.models.ModelException;

/**
 * Every completion drawn for a set of problems: a run directory, or a file with one completion a line. Its texts stay in the
 * file, so that millions of completions fit into memory; may be used from any thread, and is closed by whoever opened it.
 */
public final class Pool implements AutoCloseable {
    private final Path path;
    private final LineFile file;
    private final PoolIndex index;
    private final Optional<RecordedRun> run;
    private final Map<String, PoolProblem> problems = new LinkedHashMap<>();

    private Pool(Path path, LineFile file, PoolIndex index, Optional<RecordedRun> run) {
        this.path = path;
        this.file = file;
        this.index = index;
        this.run = run;
        index.problems().forEach(problem -> problems.put(problem.id(), problem));
    }

    /**
     * Opens a pool and checks every line of it.
     *
     * @throws ModelException when it cannot be read, or a line in it is not as it must be; names file and line
     */
    public static Pool open(Path path) {
        var run = RecordedRun.in(path);
        var lines = run.map(RecordedRun::completions).orElse(path);
        var index = new PoolIndex(lines);
        var file = LineFile.read(lines, index::add);
        try {
            index.finish(file);
            requireWhole(path, index, run);
            return new Pool(path, file, index, run);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void requireWhole(Path path, PoolIndex index, Optional<RecordedRun> run) {
        long drawn = run.map(recorded -> recorded.problems().completions()).orElse(0L);
        long there = index.size() + index.cutOff() + index.otherRoles();
        if (there < drawn) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: %d of %d completions are missing, though the run is complete; restore completions.jsonl, or run again"
                            .formatted(path, drawn - there, drawn));
        }
    }

    /** As given. */
    public Path path() {
        return path;
    }

    /** The problems, in the order in which they first occur. */
    public List<PoolProblem> problems() {
        return List.copyOf(problems.values());
    }

    /** The problem of an id, where the pool has completions of it. */
    public Optional<PoolProblem> problem(String id) {
        return Optional.ofNullable(problems.get(id));
    }

    /** The run that made it, for a run directory. */
    public Optional<RecordedRun> run() {
        return run;
    }

    /** Tokens of a problem's prompt: as the run paid for them, else estimated from the question; 0 where neither is known. */
    int promptTokens(PoolProblem problem) {
        return run.flatMap(recorded ->
                        Optional.ofNullable(recorded.problems().promptTokens().get(problem.id())))
                .orElseGet(() -> problem.question().map(Draw::estimate).orElse(0));
    }

    /** Completions that can be drawn. */
    public long completions() {
        return index.size();
    }

    /** Of them, those whose tokens are not recorded, so that their numbers are estimated. */
    public long estimated() {
        return index.estimated();
    }

    /** The most completions that a problem has. */
    public int largest() {
        return problems.values().stream()
                .mapToInt(PoolProblem::completions)
                .max()
                .orElseThrow();
    }

    /** What was noticed while reading, one sentence each. */
    public List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (index.cutOff() > 0) {
            remarks.add(
                    "%d of %d branches that a strategy or a budget had cut off are left out; as short ones were kept, this pool is biased"
                            .formatted(index.cutOff(), index.cutOff() + completions()));
        }
        if (index.otherRoles() > 0) {
            remarks.add("%d completions that are no branches (judges, summaries) are left out"
                    .formatted(index.otherRoles()));
        }
        if (index.isFewRepeated()) {
            remarks.add(
                    "the second half of the lines repeats the first; if the file was put behind itself, remove one half"
                            + " (so few different answers may well come twice, so it is not refused)");
        }
        if (estimated() > 0) {
            remarks.add("the tokens of %d of %d completions are not recorded and are estimated, one for 4 characters"
                    .formatted(estimated(), completions()));
        }
        return remarks;
    }

    /** SHA-256 of the file, or of the completions of the run directory. */
    public String fingerprint() {
        return file.fingerprint();
    }

    /** The completions of a problem, in the order of the file. */
    List<Draw> draws(String problem) {
        int[] rows = index.rows(problem);
        var draws = new ArrayList<Draw>(rows.length);
        long[] offsets = Arrays.stream(rows).mapToLong(index::offset).toArray();
        for (int first = 0; first < rows.length; ) {
            int last = first;
            while (last + 1 < rows.length && index.adjoin(rows[first], rows[last], rows[last + 1])) {
                last++;
            }
            int length = (int) (offsets[last] + index.length(rows[last]) - offsets[first]);
            var bytes = file.bytes(offsets[first], length);
            for (int i = first; i <= last; i++) {
                draws.add(draw(bytes, (int) (offsets[i] - offsets[first]), rows[i]));
            }
            first = last + 1;
        }
        return draws;
    }

    private Draw draw(byte[] bytes, int start, int row) {
        try {
            return Draw.of(RowReader.read(bytes, start, index.length(row)));
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: line %d has changed since it was first read".formatted(path, index.line(row)),
                    e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
