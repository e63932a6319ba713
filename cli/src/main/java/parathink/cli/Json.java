package parathink.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.regex.Pattern;

/** The JSON that commands print. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** They stand in texts only, where an escape means the same. */
    private static final Pattern STEERING = Pattern.compile("[\\x7f-\\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]");

    private Json() {}

    /** What writes itself as one object. */
    interface Written {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * A value on one line. Characters that steer a terminal, or turn the direction of writing, are escaped: JSON itself asks
     * for that of the first 32 alone.
     */
    static String line(Object value) {
        try {
            return STEERING.matcher(MAPPER.writeValueAsString(value))
                    .replaceAll(
                            found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command's result cannot be written as JSON", e);
        }
    }

    /** A value as an object that can be added to. */
    static ObjectNode tree(Written value) {
        try (var buffer = new TokenBuffer(MAPPER, false)) {
            value.write(buffer);
            return MAPPER.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new IllegalStateException("a command's result cannot be written as JSON", e);
        }
    }

    /** Reads one object. */
    static ObjectNode object(String text) throws JsonProcessingException {
        return MAPPER.readValue(text, ObjectNode.class);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
