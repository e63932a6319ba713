package parathink.eval.directory;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.models.TokenBlock;

/**
 * A run directory that is being written. One process at a time has it; any thread may call any method. Every line is handed
 * to the operating system before the call returns, so that it outlives a killed process; nothing is forced to the disk, so a
 * loss of power may cost the last seconds. Closed by whoever opened it.
 */
public final class Results implements AutoCloseable {
    static final String RUN = "run.json";
    static final String PROBLEMS = "problems.jsonl";
    static final String COMPLETIONS = "completions.jsonl";
    static final String TIMING = "timing.jsonl";

    private final Path directory;
    private final DirectoryLock lock;
    private final AppendFile.Opening opening;
    private final Map<Attempt, ProblemLine> problems = new LinkedHashMap<>();
    private final Map<Attempt, Map<String, CompletionLine>> unfinished = new LinkedHashMap<>();
    private AppendFile problemFile;
    private AppendFile completionFile;
    private AppendFile timingFile;
    private final JournalFile journal;

    private Results(Path directory, DirectoryLock lock, AppendFile.Opening opening) {
        this.directory = directory;
        this.lock = lock;
        this.opening = opening;
        this.journal = new JournalFile(directory, opening);
    }

    /**
     * Opens a run directory, made if need be, and reads what an earlier run left. A torn last line is cut off.
     *
     * @throws ResultsException when another process has it, a line in it cannot be read, or it cannot be written
     */
    public static Results open(Path directory) {
        return open(directory, path -> new RandomAccessFile(path.toFile(), "rw"));
    }

    static Results open(Path directory, AppendFile.Opening opening) {
        if (Files.isRegularFile(directory)) {
            throw new ResultsException("%s: a file is in the way; give another folder".formatted(directory));
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: cannot be made (%s); choose a folder that you may write to".formatted(directory, e), e);
        }
        var results = new Results(directory, DirectoryLock.take(directory), opening);
        try {
            results.load();
            return results;
        } catch (RuntimeException e) {
            results.close();
            throw e;
        }
    }

    private void load() {
        long problemEnd = file(PROBLEMS).read((json, offset, length) -> {
            var line = ProblemLine.read(json);
            problems.put(line.attempt(), line);
        });
        long completionEnd = file(COMPLETIONS).read((json, offset, length) -> {
            var line = CompletionLine.read(json);
            if (isUnfinished(line.attempt())) {
                unfinished
                        .computeIfAbsent(line.attempt(), key -> new LinkedHashMap<>())
                        .put(line.path(), line);
            }
        });
        long timingEnd = file(TIMING).read((json, offset, length) -> TimingLine.read(json));
        journal.load(this::isUnfinished);
        problemFile = new AppendFile(path(PROBLEMS), problemEnd, opening);
        completionFile = new AppendFile(path(COMPLETIONS), completionEnd, opening);
        timingFile = new AppendFile(path(TIMING), timingEnd, opening);
    }

    /** An attempt that ended in an error is tried again, and what it had finished before need not be. */
    private boolean isUnfinished(Attempt attempt) {
        var line = problems.get(attempt);
        return line == null || line.status() == ProblemLine.Status.ERROR;
    }

    /** What {@code run.json} says, where there is one. */
    public synchronized Optional<RunRecord> run() {
        return RunDirectory.readRun(directory);
    }

    /** Writes {@code run.json}, whole or not at all. */
    public synchronized void writeRun(RunRecord run) {
        replace(RUN, pretty(run.toJson()).getBytes(StandardCharsets.UTF_8));
    }

    /** Lines of the attempts that have an outcome, as appended; of two for one attempt the later. */
    public synchronized List<ProblemLine> problems() {
        return List.copyOf(problems.values());
    }

    /** Completions that an interrupted run left of attempts without an outcome, or with an error, by attempt. */
    public synchronized Map<Attempt, List<CompletionLine>> unfinished() {
        var copy = new LinkedHashMap<Attempt, List<CompletionLine>>();
        unfinished.forEach((attempt, lines) -> copy.put(attempt, List.copyOf(lines.values())));
        return copy;
    }

    /** Appends the outcome of an attempt. */
    public synchronized void append(ProblemLine line) {
        problemFile.append(line);
        problems.put(line.attempt(), line);
        unfinished.remove(line.attempt());
        journal.forget(line.attempt());
    }

    /** Appends a completion. */
    public synchronized void append(CompletionLine line) {
        completionFile.append(line);
    }

    /** Appends tokens of a decode that has not ended yet, or of which no outcome is known yet. */
    public synchronized void append(TokenLine line) {
        journal.append(line);
    }

    /** Tokens that an interrupted run left of an attempt without an outcome: of decodes that had ended, or of others; by path. */
    public synchronized Map<String, TokenBlock> tokens(Attempt attempt, boolean ended) {
        return journal.blocks(attempt, ended);
    }

    /** Appends how long an attempt took. */
    public synchronized void append(TimingLine line) {
        timingFile.append(line);
    }

    /**
     * Puts problems and completions in order (problem, repeat, path) and drops lines that later ones replaced, each file by
     * an atomic rename; the journal of tokens is deleted unless an attempt that failed may need it. May be done again at any time, also after a kill in the middle of it.
     *
     * @param order every problem's id, in the order wanted
     * @throws ResultsException when a line belongs to none of these problems; the files are then as they were
     */
    public synchronized void order(Collection<String> order) {
        var sorter = new LineSorter(order);
        try {
            problemFile.close();
            completionFile.close();
            try {
                sorter.sort(path(COMPLETIONS));
                sorter.sort(path(PROBLEMS));
                if (problems.keySet().stream().noneMatch(this::isUnfinished)) {
                    journal.delete();
                }
            } finally {
                problemFile = reopen(PROBLEMS);
                completionFile = reopen(COMPLETIONS);
            }
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be put in order (%s)".formatted(directory, e.getMessage()), e);
        }
    }

    private AppendFile reopen(String name) throws IOException {
        return new AppendFile(path(name), Files.size(path(name)), opening);
    }

    private void replace(String name, byte[] bytes) {
        var temporary = path("." + name + ".new");
        try {
            Files.write(temporary, bytes);
            move(temporary, path(name));
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: cannot be written (%s); what it said before is kept".formatted(path(name), e.getMessage()), e);
        }
    }

    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("its file system cannot rename files atomically", e);
        }
    }

    private static String pretty(ObjectNode json) {
        var indented = DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indented).withArrayIndenter(indented);
        try {
            return Json.MAPPER.writer(printer).writeValueAsString(json) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LineFile file(String name) {
        return new LineFile(path(name));
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    public Path directory() {
        return directory;
    }

    /** Closes the files and lets the directory go. */
    @Override
    public synchronized void close() {
        var open = new ArrayList<AutoCloseable>();
        for (var file : new AppendFile[] {problemFile, completionFile, timingFile}) {
            if (file != null) {
                open.add(file);
            }
        }
        open.add(journal);
        open.add(lock);
        var failures = new ArrayList<Exception>();
        for (var closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                failures.add(e); // the others, and the lock among them, must still be let go
            }
        }
        if (!failures.isEmpty()) {
            var first = failures.getFirst();
            throw new ResultsException("%s: cannot be closed (%s)".formatted(directory, first.getMessage()), first);
        }
    }
}
