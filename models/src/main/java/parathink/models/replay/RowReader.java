package parathink.models.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the lines of a pool, one at a time; the message of what it refuses continues a sentence that names file and line. */
final class RowReader {
    private static final Set<String> FINISHES = Set.of("stop", "length", "budget", "cancelled", "error");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LineFile.LONGEST_LINE)
                    .build())
            .build();

    private final Set<String> seen = new HashSet<>();
    private String id = "";
    private boolean hasText;
    private boolean hasAnswer;
    private Optional<String> question = Optional.empty();
    private Optional<String> reference = Optional.empty();
    private Optional<String> format = Optional.empty();
    private List<Integer> numbers = List.of();
    private OptionalInt target = OptionalInt.empty();
    private List<String> choices = List.of();
    private Optional<String> text = Optional.empty();
    private Optional<String> answer = Optional.empty();
    private OptionalInt tokens = OptionalInt.empty();
    private String finish = "stop";
    private String role = "branch";
    private OptionalInt round = OptionalInt.empty();
    private Optional<String> run = Optional.empty();
    private Optional<String> draw = Optional.empty();
    private Optional<String> repeat = Optional.empty();
    private Optional<String> path = Optional.empty();
    private OptionalDouble score = OptionalDouble.empty();
    private OptionalDouble logprob = OptionalDouble.empty();
    private OptionalDouble selfCertainty = OptionalDouble.empty();
    private OptionalDouble seconds = OptionalDouble.empty();
    private Optional<List<Double>> confidence = Optional.empty();
    private Optional<List<Double>> eachConfidence = Optional.empty();
    private List<PoolRow.Chunk> chunks = List.of();

    private RowReader() {}

    /**
     * Reads one line.
     *
     * @throws IllegalArgumentException when it is no JSON object, lacks a field or holds a value that cannot be used
     */
    static PoolRow read(byte[] bytes, int offset, int length) {
        try (var json = JSON.createParser(bytes, offset, length)) {
            return new RowReader().row(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(reason(e), e);
        } catch (CharConversionException e) {
            throw new IllegalArgumentException("not UTF-8; convert the file with iconv -t UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not readable (%s)".formatted(e.getMessage()), e);
        }
    }

    private static String reason(JacksonException e) {
        var reason = e.getOriginalMessage().lines().findFirst().orElse("broken");
        if (reason.startsWith("Invalid UTF-8")) {
            return "not UTF-8; convert the file, such as with iconv -f LATIN1 -t UTF-8";
        }
        if (reason.startsWith("Non-standard token")) {
            return "not-a-number and infinities are no JSON numbers; write null or leave the field out";
        }
        reason = reason.replaceFirst(" ?\\((start marker|for ).*", "").strip(); // a place in a buffer, not in the file
        return "not a whole JSON object (%s); mend or remove the line".formatted(reason);
    }

    private PoolRow row(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException(
                    "not a JSON object; a line is such as" + " {\"problem\": \"p1\", \"text\": \"...\"}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            if (!field(field, new JsonValue(field, json))) {
                json.skipChildren();
            } else if (!seen.add(field)) {
                throw new IllegalArgumentException("'%s' stands there twice; keep one".formatted(field));
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("more than one JSON object; give each a line of its own");
        }
        return finished();
    }

    /** Takes a field, its value being the parser's current token; false for one that says nothing to a replay. */
    private boolean field(String field, JsonValue value) throws IOException {
        switch (field) {
            case "text" -> {
                text = value.text();
                hasText = text.isPresent();
            }
            case "answer" -> {
                answer = value.plain();
                hasAnswer = true;
            }
            case "tokens" -> tokens = value.count();
            case "finish" -> finish = value.text().orElse(finish);
            case "draw" -> draw = value.plain();
            case "run" -> run = value.plain();
            case "repeat" -> repeat = value.plain();
            case "path" -> path = value.text();
            case "role" -> role = value.text().orElse(role);
            case "round" -> round = value.integer();
            default -> {
                return problemField(field, value) || measure(field, value);
            }
        }
        return true;
    }

    private boolean problemField(String field, JsonValue value) throws IOException {
        switch (field) {
            case "problem" -> id = value.plain().orElse("");
            case "question" -> question = value.text().filter(given -> !given.isBlank());
            case "reference" -> reference = value.plain().filter(given -> !given.isBlank());
            case "format" -> format = value.text();
            case "numbers" -> numbers = value.integers();
            case "target" -> target = value.integer();
            case "choices" -> choices = value.texts();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean measure(String field, JsonValue value) throws IOException {
        switch (field) {
            case "score" -> score = value.number();
            case "logprob" -> logprob = value.number();
            case "self_certainty" -> selfCertainty = value.number();
            case "seconds" -> seconds = value.notNegative();
            case "confidence" -> confidence = value.numbers();
            case "token_confidence" -> eachConfidence = value.numbers(); // of a run directory
            case "chunks" -> chunks = value.chunks();
            default -> {
                return false;
            }
        }
        return true;
    }

    private PoolRow finished() {
        if (id.isBlank()) {
            throw new IllegalArgumentException("no 'problem'; give the id of the problem that it is a completion of");
        }
        if (!hasText && !hasAnswer) {
            throw new IllegalArgumentException("neither 'text' nor 'answer'; a completion needs one of them"
                    + " (\"answer\": null when it gave none)");
        }
        if (!FINISHES.contains(finish)) {
            throw new IllegalArgumentException("'finish' = \"%s\"; it must be stop, length, budget, cancelled or error"
                    .formatted(finish.replaceAll("\\p{Cntrl}", " ")));
        }
        var fields = new PoolRow.ProblemFields(id, question, reference, format, numbers, target, choices);
        var measures = new PoolRow.Measures(
                score, eachConfidence.or(() -> confidence), logprob, selfCertainty, seconds, chunks);
        return new PoolRow(fields, place(), role, round.orElse(0), text, answer, tokens, finish, measures);
    }

    private Optional<String> place() {
        if (draw.isPresent()) {
            return Optional.of(run.map(name -> "run %s, ".formatted(name)).orElse("") + "draw " + draw.get());
        }
        return path.map(
                at -> repeat.map(number -> "repeat %s, ".formatted(number)).orElse("") + "path " + at);
    }
}
