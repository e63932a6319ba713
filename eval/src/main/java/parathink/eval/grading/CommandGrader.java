package parathink.eval.grading;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import parathink.eval.directory.Json;
import parathink.eval.directory.ResultsException;
import parathink.eval.text.Terminal;

/**
 * A program that reads one JSON object a line, {@code {"gold": .., "pred": ..}}, and writes {@code true} or {@code false} a line.
 * What it writes to standard error is shown.
 *
 * @param command for the system's shell
 * @param patience what it may take for all answers; then it is ended, with every program that it started
 */
public record CommandGrader(String command, Duration patience) implements SecondGrader {
    private static final long LOOK_MILLIS = 100; // between looks at what the command has started
    private static final long LAST_LOOK_MILLIS = 10; // once it has ended

    public CommandGrader {
        if (command.isBlank()) {
            throw new IllegalArgumentException("the second grader must be 'normalised' or a command");
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("the second grader must be given a time above 0, got " + patience);
        }
    }

    @Override
    public String name() {
        return command;
    }

    @Override
    public List<Boolean> grade(List<Pair> pairs) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        var shell = windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
        var started = new LinkedHashSet<ProcessHandle>();
        try {
            var process = new ProcessBuilder(shell)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            started.add(process.toHandle());
            try {
                return talk(process, pairs, started);
            } finally {
                process.descendants().forEach(started::add);
                started.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            throw new ResultsException(told("cannot be run (" + e.getMessage() + ")"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResultsException(told("was interrupted"), e);
        }
    }

    /**
     * It is written to and read by threads of their own, since a program may answer before it has read all, or never end.
     *
     * @param started takes every program that is seen to run below it, also those whose parent has gone since
     */
    private List<Boolean> talk(Process process, List<Pair> pairs, Set<ProcessHandle> started)
            throws InterruptedException {
        Thread.startVirtualThread(() -> write(process, pairs));
        var reading = new FutureTask<>(() -> read(process));
        Thread.startVirtualThread(reading);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!reading.isDone() || process.isAlive()) {
            process.descendants().forEach(started::add);
            if (System.nanoTime() > deadline) {
                throw new ResultsException(
                        told("had not ended after %d s and was stopped; give it more with --grader-timeout"
                                .formatted(patience.toSeconds())));
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !reading.isDone()) {
                TimeUnit.MILLISECONDS.sleep(LAST_LOOK_MILLIS); // its output may be held open by what it has started
            }
        }
        var grades = grades(reading);
        int status = process.exitValue();
        if (status != 0) {
            throw new ResultsException(told("ended with %d".formatted(status)));
        }
        if (grades.size() != pairs.size()) {
            throw new ResultsException(told("gave %d lines for %d answers".formatted(grades.size(), pairs.size())));
        }
        return grades;
    }

    private static List<Boolean> grades(FutureTask<List<Boolean>> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ResultsException told
                    ? told
                    : new ResultsException("a second grader's answers cannot be read", e.getCause());
        }
    }

    private List<Boolean> read(Process process) throws IOException {
        var grades = new ArrayList<Boolean>();
        try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                grades.add(grade(line, grades.size() + 1));
            }
        }
        return grades;
    }

    private static void write(Process process, List<Pair> pairs) {
        try (var out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            for (var pair : pairs) {
                var json = Json.MAPPER.createObjectNode();
                out.write(json.put("gold", pair.gold()).put("pred", pair.pred()).toString());
                out.write('\n');
            }
        } catch (IOException e) {
            // it reads no more: what it answered, or how it ended, tells why
        }
    }

    private boolean grade(String line, int number) {
        return switch (line.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ResultsException(told(
                        "line %d is '%s'; it must be true or false".formatted(number, Terminal.shortened(line, 40))));
        };
    }

    private String told(String what) {
        return "second grader '%s': %s".formatted(Terminal.shortened(command, 60), what);
    }
}
