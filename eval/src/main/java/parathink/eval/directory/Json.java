package parathink.eval.directory;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Fields of one JSON object, read with messages that name the field, its value and what would be right. */
public record Json(JsonNode object) {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads one object; the exception's message continues a sentence that names the file. */
    public static Json parse(byte[] bytes, int offset, int length) {
        try {
            var node = MAPPER.readTree(bytes, offset, length);
            if (!node.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return new Json(node);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not whole JSON (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not decodable (" + e.getMessage() + ")", e);
        }
    }

    /** The parser's own words without the place in its buffer, which says nothing of the file. */
    private static String reason(JacksonException e) {
        return e.getOriginalMessage()
                .replaceFirst("(?s) ?\\((start marker|for ).*", "")
                .strip();
    }

    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field, "a text"));
    }

    public Optional<String> optionalText(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(field, value, "a text");
        }
        return Optional.of(value.textValue());
    }

    public int integer(String field) {
        long value = whole(field);
        if (value != (int) value) {
            throw wrong(field, object.path(field), "a whole number below 2^31");
        }
        return (int) value;
    }

    public long whole(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw missing(field, "a whole number");
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, value, "a whole number");
        }
        return value.longValue();
    }

    public double number(String field) {
        return optionalNumber(field).orElseThrow(() -> missing(field, "a number"));
    }

    public OptionalDouble optionalNumber(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            throw wrong(field, value, "a number");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    public boolean flag(String field) {
        return optionalFlag(field).orElseThrow(() -> missing(field, "true or false"));
    }

    public Optional<Boolean> optionalFlag(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> E word(String field, Class<E> type) {
        var word = text(field);
        for (var constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        var words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        throw wrong(field, object.path(field), "one of " + String.join(", ", words));
    }

    public Json child(String field) {
        return new Json(objectOrEmpty(field));
    }

    /** The object in a field; an empty one where there is none. */
    public ObjectNode objectOrEmpty(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return MAPPER.createObjectNode();
        }
        if (value instanceof ObjectNode node) {
            return node;
        }
        throw wrong(field, value, "a JSON object");
    }

    public Map<String, String> texts(String field) {
        var texts = new LinkedHashMap<String, String>();
        for (var entry : objectOrEmpty(field).properties()) {
            texts.put(entry.getKey(), entry.getValue().asText());
        }
        return texts;
    }

    public JsonNode list(String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return MAPPER.createArrayNode();
        }
        if (!value.isArray()) {
            throw wrong(field, value, "a list");
        }
        return value;
    }

    public double[] numbers(String field) {
        var list = list(field);
        var numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!list.get(i).isNumber()) {
                throw wrong(field, list.get(i), "a list of numbers");
            }
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }

    public static void nullable(JsonGenerator json, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        } else {
            json.writeNullField(field);
        }
    }

    public static void nullableFlag(JsonGenerator json, String field, Optional<Boolean> value) throws IOException {
        if (value.isPresent()) {
            json.writeBooleanField(field, value.get());
        } else {
            json.writeNullField(field);
        }
    }

    public static void known(JsonGenerator json, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        }
    }

    public static void known(JsonGenerator json, String field, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsDouble());
        }
    }

    private static IllegalArgumentException missing(String field, String right) {
        return new IllegalArgumentException("no '%s'; it must be %s".formatted(field, right));
    }

    private static IllegalArgumentException wrong(String field, JsonNode value, String right) {
        var shown = value.toString();
        return new IllegalArgumentException("'%s' = %s; it must be %s"
                .formatted(field, shown.length() > 60 ? shown.substring(0, 60) + "…" : shown, right));
    }
}
