package parathink.eval.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import parathink.eval.directory.Json;
import parathink.eval.text.Terminal;
import parathink.models.ModelException;

/**
 * Another engine in a process of its own, which answers a line of JSON with another one: {@code docs/bench.md} has the
 * fields. Between two measurements it waits for its standard input. Closing ends the process.
 */
public final class BaselineProcess implements Contestant {
    private final String name;
    private final double startSeconds;
    private final Process process;
    private final Path errors;
    private final BufferedReader answers;
    private long peakBytes;

    private BaselineProcess(Process process, Path errors, String label) {
        this.process = process;
        this.errors = errors;
        answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            var ready = answer(label);
            if (ready.has("missing")) {
                throw new ModelException(
                        ModelException.Kind.MISSING,
                        "%s: %s"
                                .formatted(
                                        label,
                                        Terminal.printable(ready.get("missing").asText())));
            }
            name = Terminal.printable(text(ready, "name"));
            startSeconds = number(ready, "start_seconds");
        } catch (RuntimeException e) {
            end();
            throw e;
        }
    }

    /**
     * Starts a baseline and waits until it can decode.
     *
     * @param label what it was asked for by, for messages
     * @param command the program and its arguments
     * @throws ModelException when something that it needs is not installed, or it ends
     */
    public static BaselineProcess start(String label, List<String> command) {
        try {
            var errors = Files.createTempFile("parathink-baseline", ".txt");
            try {
                var process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                return new BaselineProcess(process, errors, label);
            } catch (IOException e) {
                Files.deleteIfExists(errors);
                throw new ModelException(
                        ModelException.Kind.MISSING,
                        "%s: %s cannot be started; name a Python 3 with --python".formatted(label, command.getFirst()),
                        e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double startSeconds() {
        return startSeconds;
    }

    @Override
    public Timing run(BenchShape shape, int round) {
        var request = Json.MAPPER
                .createObjectNode()
                .put("rows", shape.rows())
                .put("context", shape.context())
                .put("tokens", shape.tokens())
                .put("round", round);
        try {
            var out = process.outputWriter(StandardCharsets.UTF_8);
            out.write(request + "\n");
            out.flush();
        } catch (IOException e) {
            throw ended(name, e);
        }
        var answer = answer(name);
        peakBytes = (long) number(answer, "peak_bytes");
        return new Timing(
                (long) number(answer, "prefill_tokens"),
                number(answer, "prefill_seconds"),
                (long) number(answer, "decode_tokens"),
                number(answer, "decode_seconds"));
    }

    private JsonNode answer(String who) {
        try {
            // some libraries print lines of their own
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith("{")) {
                    return Json.MAPPER.readTree(line);
                }
            }
        } catch (JsonProcessingException e) {
            throw new ModelException(ModelException.Kind.FAILED, who + ": its answer is not JSON", e);
        } catch (IOException e) {
            throw ended(who, e);
        }
        throw ended(who, new IOException("end of its standard output"));
    }

    private ModelException ended(String who, IOException cause) {
        var last = "no message";
        try {
            last = Files.readAllLines(errors, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank())
                    .reduce(last, (before, line) -> line);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new ModelException(
                ModelException.Kind.FAILED, "%s ended: %s".formatted(who, Terminal.printable(last)), cause);
    }

    private static String text(JsonNode answer, String field) {
        if (!answer.path(field).isTextual()) {
            throw new ModelException(
                    ModelException.Kind.FAILED, "a baseline's answer has no text '%s'".formatted(field));
        }
        return answer.get(field).asText();
    }

    private static double number(JsonNode answer, String field) {
        if (!answer.path(field).isNumber()) {
            throw new ModelException(
                    ModelException.Kind.FAILED, "a baseline's answer has no number '%s'".formatted(field));
        }
        return answer.get(field).asDouble();
    }

    @Override
    public OptionalLong peakMemory() {
        return peakBytes > 0 ? OptionalLong.of(peakBytes) : OptionalLong.empty();
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        process.destroy();
        try {
            answers.close();
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
