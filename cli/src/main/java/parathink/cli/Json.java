package parathink.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;

/** The JSON that commands print. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** What writes itself as one object. */
    interface Written {
        void write(JsonGenerator json) throws IOException;
    }

    /** A value on one line. */
    static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
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
