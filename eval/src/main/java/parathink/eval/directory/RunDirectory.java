package parathink.eval.directory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.eval.evidence.Scores;
import parathink.models.Role;

/**
 * A run directory as it is read, finished or not, without a lock. Texts stay in the file until they are asked for, so that a
 * million completions fit into memory. Immutable; may be used from any thread.
 *
 * @param path the directory
 * @param run what was asked for
 * @param problems one line an attempt, in the order of the file
 * @param draws completions by attempt, in the order of their paths
 * @param timing in the order of the file
 */
public record RunDirectory(
        Path path, RunRecord run, List<ProblemLine> problems, Map<Attempt, List<Draw>> draws, List<TimingLine> timing) {

    /**
     * A completion without its text.
     *
     * @param round of the strategy, counted from 0
     * @param said the answer as its text spells it; in files of older versions its canonical form
     * @param scores what is known of how good it is
     * @param offset where its line begins in {@code completions.jsonl}
     * @param length of its line in bytes, line feed included
     */
    public record Draw(
            String path,
            String role,
            int round,
            int tokens,
            Finish finish,
            Optional<String> answer,
            Optional<String> said,
            Optional<Boolean> correct,
            Scores scores,
            long offset,
            int length) {

        public boolean isRight() {
            return correct.orElse(false);
        }

        /** Whether it was drawn to be one of many answers to the question itself. */
        public boolean isBranch() {
            return Role.isOfTheQuestion(role, round);
        }

        /** Whether it may answer the question; a judge's verdict or a workspace does not. */
        public boolean isAnswering() {
            return Role.answers(role);
        }
    }

    public RunDirectory {
        problems = List.copyOf(problems);
        draws = Map.copyOf(draws);
        timing = List.copyOf(timing);
    }

    /**
     * Reads a directory.
     *
     * @throws ResultsException when it is none, or a line in it cannot be read
     */
    public static RunDirectory read(Path directory) {
        if (Files.isRegularFile(directory)) {
            throw new ResultsException(
                    "%s: a file, not a run directory; for a pool make one with parathink run --model replay:%s --strategy self-consistency"
                            .formatted(directory, directory.getFileName()));
        }
        if (!Files.isDirectory(directory)) {
            throw new ResultsException("%s: there is no such folder".formatted(directory));
        }
        var run = readRun(directory)
                .orElseThrow(() -> new ResultsException(
                        "%s: not a run directory, it has no %s".formatted(directory, Results.RUN)));
        var problems = new LinkedHashMap<Attempt, ProblemLine>();
        new LineFile(directory.resolve(Results.PROBLEMS)).read((json, offset, length) -> {
            var line = ProblemLine.read(json);
            problems.put(line.attempt(), line);
        });
        var timing = new ArrayList<TimingLine>();
        new LineFile(directory.resolve(Results.TIMING))
                .read((json, offset, length) -> timing.add(TimingLine.read(json)));
        return new RunDirectory(directory, run, List.copyOf(problems.values()), readDraws(directory), timing);
    }

    /**
     * The same, if it has all that a finished run must have.
     *
     * @throws ResultsException saying how much is missing
     */
    public RunDirectory whole() {
        Wholeness.require(this);
        return this;
    }

    static Optional<RunRecord> readRun(Path directory) {
        var file = directory.resolve(Results.RUN);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var bytes = Files.readAllBytes(file);
            return Optional.of(RunRecord.read(Json.parse(bytes, 0, bytes.length).object()));
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ResultsException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Map<Attempt, List<Draw>> readDraws(Path directory) {
        var byAttempt = new LinkedHashMap<Attempt, Map<String, Draw>>();
        var known = new HashMap<String, String>(); // answers and paths repeat; keep one copy of each
        new LineFile(directory.resolve(Results.COMPLETIONS)).read((json, offset, length) -> {
            var attempt = new Attempt(known.computeIfAbsent(json.text("problem"), key -> key), json.integer("repeat"));
            var path = known.computeIfAbsent(json.text("path"), key -> key);
            var draw = new Draw(
                    path,
                    known.computeIfAbsent(json.text("role"), key -> key),
                    json.integer("round"),
                    json.integer("tokens"),
                    json.word("finish", Finish.class),
                    json.optionalText("answer").map(answer -> known.computeIfAbsent(answer, key -> key)),
                    json.optionalText("said")
                            .or(() -> json.optionalText("answer"))
                            .map(said -> known.computeIfAbsent(said, key -> key)),
                    json.optionalFlag("correct"),
                    Scores.of(
                            json.optionalNumber("score"),
                            json.optionalNumber("confidence"),
                            json.optionalNumber("logprob"),
                            json.optionalNumber("self_certainty")),
                    offset,
                    length);
            byAttempt.computeIfAbsent(attempt, key -> new LinkedHashMap<>()).put(path, draw);
        });
        var sorted = new HashMap<Attempt, List<Draw>>();
        byAttempt.forEach((attempt, draws) -> sorted.put(
                attempt,
                draws.values().stream()
                        .sorted(Comparator.comparing(Draw::path, ForkPath.ORDER))
                        .toList()));
        return sorted;
    }

    /** The completions of an attempt, without their texts; none for one that has none. */
    public List<Draw> draws(Attempt attempt) {
        return draws.getOrDefault(attempt, List.of());
    }

    /** The completions of an attempt with their texts. */
    public List<CompletionLine> completions(Attempt attempt) {
        try (var texts = texts()) {
            var completions = new ArrayList<CompletionLine>();
            for (var draw : draws(attempt)) {
                var bytes = texts.bytes(draw);
                completions.add(CompletionLine.read(Json.parse(bytes, 0, bytes.length)));
            }
            return completions;
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: cannot be read (%s)".formatted(path.resolve(Results.COMPLETIONS), e.getMessage()), e);
        }
    }

    /** Opens the completions' own lines; closed by the caller, used by one thread. */
    public Texts texts() throws IOException {
        return new Texts(new RandomAccessFile(path.resolve(Results.COMPLETIONS).toFile(), "r"));
    }

    /** Lines of {@code completions.jsonl} by the place where they begin. */
    public record Texts(RandomAccessFile file) implements AutoCloseable {
        public byte[] bytes(Draw draw) throws IOException {
            var line = new byte[draw.length()];
            file.seek(draw.offset());
            file.readFully(line);
            if (line[0] != '{' || line[line.length - 1] != '\n') {
                throw new IOException("it was put in order meanwhile; try again");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
