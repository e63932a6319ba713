package parathink.models.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The value of one field, read by type; null is the same as an absent field.
 *
 * @param field for messages
 * @param json stands on the value, and on its last token afterwards
 */
record JsonValue(String field, JsonParser json) {
    private boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    Optional<String> text() throws IOException {
        if (isNull()) {
            return Optional.empty();
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a text");
        }
        return Optional.of(json.getText());
    }

    /** A text, or a number as it is written. */
    Optional<String> plain() throws IOException {
        return json.currentToken().isNumeric() ? Optional.of(json.getText()) : text();
    }

    OptionalInt integer() throws IOException {
        if (isNull()) {
            return OptionalInt.empty();
        }
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getNumberType() != JsonParser.NumberType.INT) {
            throw wrong("a whole number below 2^31");
        }
        return OptionalInt.of(json.getIntValue());
    }

    /** A number of tokens. */
    OptionalInt count() throws IOException {
        var count = integer();
        if (count.isPresent() && count.getAsInt() < 1) {
            throw wrong("a whole number from 1, or left out when it is not known");
        }
        return count;
    }

    OptionalDouble number() throws IOException {
        if (isNull()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(finite());
    }

    private double finite() throws IOException {
        if (!json.currentToken().isNumeric()) {
            throw wrong("a number");
        }
        double number = json.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw wrong("a finite number");
        }
        return number;
    }

    OptionalDouble notNegative() throws IOException {
        var number = number();
        if (number.isPresent() && number.getAsDouble() < 0) {
            throw wrong("0 or more");
        }
        return number;
    }

    /** A number alone or a list of them. */
    Optional<List<Double>> numbers() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            var number = number();
            return number.isPresent() ? Optional.of(List.of(number.getAsDouble())) : Optional.empty();
        }
        var numbers = new ArrayList<Double>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(finite());
        }
        return Optional.of(numbers);
    }

    List<Integer> integers() throws IOException {
        var integers = new ArrayList<Integer>();
        while (nextItem()) {
            var integer = integer();
            if (integer.isEmpty()) {
                throw wrong("a list of whole numbers");
            }
            integers.add(integer.getAsInt());
        }
        return integers;
    }

    List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        while (nextItem()) {
            var text = text();
            if (text.isEmpty()) {
                throw wrong("a list of texts");
            }
            texts.add(text.get());
        }
        return texts;
    }

    List<PoolRow.Chunk> chunks() throws IOException {
        var chunks = new ArrayList<PoolRow.Chunk>();
        while (nextItem()) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw wrong("a list of objects such as {\"chars\": 900, \"ppl\": 1.2}");
            }
            chunks.add(chunk());
        }
        return chunks;
    }

    private PoolRow.Chunk chunk() throws IOException {
        var chars = OptionalInt.empty();
        var perplexity = OptionalDouble.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            var value = new JsonValue("chunks." + name, json);
            switch (name) {
                case "chars" -> chars = value.integer();
                case "ppl" -> perplexity = value.perplexity();
                default -> json.skipChildren();
            }
        }
        if (chars.isEmpty() || chars.getAsInt() < 0) {
            throw wrong("a list of objects with 'chars', the length of each part");
        }
        return new PoolRow.Chunk(chars.getAsInt(), perplexity);
    }

    private OptionalDouble perplexity() throws IOException {
        var number = number();
        if (number.isPresent() && number.getAsDouble() < 1) {
            throw wrong("1 or more, as every perplexity is");
        }
        return number;
    }

    /** Steps into a list, and through it; false at its end. A value that is null is an empty list. */
    private boolean nextItem() throws IOException {
        if (isNull()) {
            return false;
        }
        if (json.getParsingContext().inArray() || json.currentToken() == JsonToken.START_ARRAY) {
            return json.nextToken() != JsonToken.END_ARRAY;
        }
        throw wrong("a list");
    }

    private IllegalArgumentException wrong(String right) throws IOException {
        var token = json.currentToken();
        var value = token.isScalarValue() ? json.getText() : token.asString();
        var shown = (value.length() > 60 ? value.substring(0, 60) + "…" : value).replaceAll("\\p{Cntrl}", " ");
        return new IllegalArgumentException("'%s' = %s; it must be %s".formatted(field, shown, right));
    }
}
