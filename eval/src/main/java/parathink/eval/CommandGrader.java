package parathink.eval;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program that reads one JSON object a line, {@code {"gold": .., "pred": ..}}, and writes {@code true} or {@code false} a line.
 * What it writes to standard error is shown.
 *
 * @param command for the system's shell
 */
public record CommandGrader(String command) implements SecondGrader {
    public CommandGrader {
        if (command.isBlank()) {
            throw new IllegalArgumentException("the second grader must be 'normalised' or a command");
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
        try {
            var process = new ProcessBuilder(shell)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                return talk(process, pairs);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new ResultsException(told("cannot be run (" + e.getMessage() + ")"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResultsException(told("was interrupted"), e);
        }
    }

    /** It is written to by a thread of its own, since a program may answer before it has read all. */
    private List<Boolean> talk(Process process, List<Pair> pairs) throws IOException, InterruptedException {
        var writer = Thread.startVirtualThread(() -> write(process, pairs));
        var grades = new ArrayList<Boolean>();
        try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                grades.add(grade(line, grades.size() + 1));
            }
        }
        writer.join();
        int status = process.waitFor();
        if (status != 0) {
            throw new ResultsException(told("ended with %d".formatted(status)));
        }
        if (grades.size() != pairs.size()) {
            throw new ResultsException(told("gave %d lines for %d answers".formatted(grades.size(), pairs.size())));
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
