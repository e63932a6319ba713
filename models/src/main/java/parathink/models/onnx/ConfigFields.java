package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import parathink.models.ModelException;

/**
 * The fields of a {@code config.json}, or of an object in it. A field that is null counts as one that is not there.
 *
 * @param origin the file's name, for messages
 * @param prefix what comes before a field's name in messages, such as {@code rope_parameters.}
 */
record ConfigFields(JsonNode json, String origin, String prefix) {
    static ConfigFields of(JsonNode json, String origin) {
        return new ConfigFields(json, origin, "");
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** Whether the field is there and null, which is not the same as nothing where there is a default. */
    boolean isNull(String field) {
        return json.path(field).isNull();
    }

    /** The fields of an object; none where the field is not there. */
    ConfigFields object(String field) {
        var value = json.path(field);
        if (has(field) && !value.isObject()) {
            throw unusable("%s%s must be an object, got %s".formatted(prefix, field, value));
        }
        return new ConfigFields(value, origin, prefix + field + ".");
    }

    /** A positive whole number. */
    int size(String field) {
        var value = json.path(field);
        if (!value.isInt() || value.intValue() < 1) {
            throw unusable("%s%s must be a positive whole number, got %s".formatted(prefix, field, shown(field)));
        }
        return value.intValue();
    }

    int size(String field, int otherwise) {
        return has(field) ? size(field) : otherwise;
    }

    /** A positive number. */
    double positive(String field) {
        var value = json.path(field);
        if (!value.isNumber() || !(value.doubleValue() > 0) || Double.isInfinite(value.doubleValue())) {
            throw unusable("%s%s must be a positive number, got %s".formatted(prefix, field, shown(field)));
        }
        return value.doubleValue();
    }

    double positive(String field, double otherwise) {
        return has(field) ? positive(field) : otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        if (has(field) && !json.path(field).isBoolean()) {
            throw unusable("%s%s must be true or false, got %s".formatted(prefix, field, shown(field)));
        }
        return json.path(field).asBoolean(otherwise);
    }

    String word(String field, String otherwise) {
        return has(field) ? json.path(field).asText() : otherwise;
    }

    /** Refuses any other value than this one, which is also that of a field that is not there. */
    void require(String field, String wanted) {
        var found = word(field, wanted);
        if (!found.equals(wanted)) {
            throw unusable("%s%s must be %s, got %s".formatted(prefix, field, wanted, found));
        }
    }

    private String shown(String field) {
        var value = json.path(field);
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    ModelException unusable(String what) {
        return new ModelException(ModelException.Kind.UNUSABLE, origin + ": " + what);
    }
}
