package parathink.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelException;

/**
 * A value of a JSON file and where it stands, so that a complaint can name it. Immutable.
 *
 * @param where the path from the top of the file, such as {@code pre_tokenizer.pretokenizers[1]}; empty for the top
 */
record Section(Path file, String where, JsonNode node) {
    private static final int MOST_SHOWN = 60; // characters of a value in a message

    /** A field that must be there. */
    Section at(String name) {
        return optional(name).orElseThrow(() -> unusable("the field '%s' is missing".formatted(name)));
    }

    /** A field, unless it is missing or null. */
    Optional<Section> optional(String name) {
        if (!node.isObject()) {
            throw unusable("should be an object, is " + shown());
        }
        var field = node.path(name);
        return field.isMissingNode() || field.isNull()
                ? Optional.empty()
                : Optional.of(new Section(file, where.isEmpty() ? name : where + "." + name, field));
    }

    /** The elements of a list. */
    List<Section> items() {
        if (!node.isArray()) {
            throw unusable("should be a list, is " + shown());
        }
        var items = new ArrayList<Section>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Section(file, "%s[%d]".formatted(where, i), node.get(i)));
        }
        return items;
    }

    String text() {
        if (!node.isTextual()) {
            throw unusable("should be a text, is " + shown());
        }
        return node.textValue();
    }

    /** A text that is one character, such as the mark of a space. */
    char character() {
        var text = text();
        if (text.length() != 1) {
            throw unusable("should be one character, is " + shown());
        }
        return text.charAt(0);
    }

    int count() {
        if (!node.isInt() || node.intValue() < 0) {
            throw unusable("should be a whole number from 0, is " + shown());
        }
        return node.intValue();
    }

    /** The id of a token. */
    int id() {
        int id = count();
        if (id >= Vocabulary.MOST_IDS) {
            throw unusable("should be below %d, is %d".formatted(Vocabulary.MOST_IDS, id));
        }
        return id;
    }

    double number() {
        if (!node.isNumber()) {
            throw unusable("should be a number, is " + shown());
        }
        return node.doubleValue();
    }

    /** A field that is true or false. */
    boolean flag(String name, boolean absent) {
        return optional(name).map(Section::truth).orElse(absent);
    }

    /** The field {@code type}, which says what the other fields mean. */
    String kind() {
        return at("type").text();
    }

    private boolean truth() {
        if (!node.isBoolean()) {
            throw unusable("should be true or false, is " + shown());
        }
        return node.booleanValue();
    }

    /** What to throw when this value cannot be used. */
    ModelException unusable(String complaint) {
        var place = where.isEmpty() ? "" : where + " ";
        return new ModelException(ModelException.Kind.UNUSABLE, "%s: %s%s".formatted(file, place, complaint));
    }

    /** What to throw when this value is of a kind that would have to be guessed at. */
    ModelException unsupported(String known) {
        return unusable("is of the kind %s, which is not supported (supported: %s)".formatted(shown(kind()), known));
    }

    private String shown() {
        return shown(node);
    }

    /** A text of a file for a message: in quotes, on one line, and not long. */
    static String shown(String text) {
        return shown(TextNode.valueOf(text));
    }

    private static String shown(JsonNode node) {
        var json = node.toString();
        return json.length() <= MOST_SHOWN ? json : json.substring(0, MOST_SHOWN) + "…";
    }
}
