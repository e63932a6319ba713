package parathink.eval.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * One line of {@code timing.jsonl}: when one attempt ran. Nothing else in a run directory depends on the clock.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param started when the attempt began
 * @param seconds until its outcome
 * @param tokens decoded in that time; fewer than the work on the bill when an earlier, interrupted run did a part of it
 */
public record TimingLine(String problem, int repeat, Instant started, double seconds, long tokens) implements Line {
    public TimingLine {
        new Attempt(problem, repeat);
        Objects.requireNonNull(started, "started");
        if (!(seconds >= 0) || !Double.isFinite(seconds) || tokens < 0) {
            throw new IllegalArgumentException(
                    "seconds and tokens must be 0 or more, got %s and %d".formatted(seconds, tokens));
        }
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("problem", problem);
        json.writeNumberField("repeat", repeat);
        json.writeStringField("started", started.toString());
        json.writeNumberField("seconds", seconds);
        json.writeNumberField("tokens", tokens);
        json.writeEndObject();
    }

    static TimingLine read(Json line) {
        var started = line.text("started");
        try {
            return new TimingLine(
                    line.text("problem"),
                    line.integer("repeat"),
                    Instant.parse(started),
                    line.number("seconds"),
                    line.whole("tokens"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'started' = \"%s\"; it must be a time such as 2026-01-31T12:00:00Z".formatted(started), e);
        }
    }
}
