package parathink.eval.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One line of a run directory's files: a JSON object with its fields in a fixed order. */
public sealed interface Line permits ProblemLine, CompletionLine, TimingLine {
    void write(JsonGenerator json) throws IOException;

    /**
     * The line as it stands in the file, line feed included. Characters that UTF-8 has no bytes for (halves of surrogate
     * pairs, which a model may well produce) become question marks instead of an error.
     */
    default byte[] bytes() {
        var text = new StringWriter();
        try (var json = Json.MAPPER.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
