package parathink.models.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a function, a filter or a test was called with.
 *
 * @param function its name, for complaints
 * @param named by name, in order
 */
record Arguments(String function, List<Value> positional, Map<String, Value> named) {
    static final int ANY = Integer.MAX_VALUE;

    /** The same values by the names of the parameters, which may be given by place or by name. */
    Bound bind(String... parameters) {
        if (positional.size() > parameters.length) {
            throw new TemplateException(
                    "%s takes %d arguments at most, got %d".formatted(function, parameters.length, positional.size()));
        }
        var known = List.of(parameters);
        for (var name : named.keySet()) {
            int place = known.indexOf(name);
            if (place < 0) {
                throw new TemplateException("the argument '%s' of %s is not supported".formatted(name, function));
            }
            if (place < positional.size()) {
                throw new TemplateException("the argument '%s' of %s is given twice".formatted(name, function));
            }
        }
        return new Bound(this, known);
    }

    /** Refuses any argument. */
    void requireNone() {
        bind();
    }

    /** The rest of the positional values. */
    Arguments after(int count) {
        return new Arguments(
                function, positional.subList(Math.min(count, positional.size()), positional.size()), named);
    }

    /** The same for another function. */
    Arguments of(String other) {
        return new Arguments(other, positional, named);
    }

    /** Arguments whose names are known. */
    record Bound(Arguments arguments, List<String> parameters) {
        Optional<Value> optional(String name) {
            int place = parameters.indexOf(name);
            return place < arguments.positional().size()
                    ? Optional.of(arguments.positional().get(place))
                    : Optional.ofNullable(arguments.named().get(name));
        }

        Value required(String name) {
            return optional(name)
                    .orElseThrow(() -> new TemplateException("%s needs the argument '%s' (it takes %s)"
                            .formatted(
                                    arguments.function(),
                                    name,
                                    parameters.stream().collect(Collectors.joining(", ")))));
        }

        /** A text. */
        String text(String name) {
            return asText(required(name), name);
        }

        /** A text; nothing where it is missing or none. */
        Optional<String> optionalText(String name) {
            return optional(name).filter(value -> value != Value.None.NONE).map(value -> asText(value, name));
        }

        private String asText(Value value, String name) {
            if (value instanceof Value.Text(var text)) {
                return text;
            }
            throw new TemplateException("the argument '%s' of %s must be a text, is %s"
                    .formatted(name, arguments.function(), Printing.kind(value)));
        }

        /** A whole number that fits an int. */
        int whole(String name, int absent) {
            var value = optional(name).filter(given -> given != Value.None.NONE);
            return value.isEmpty() ? absent : Numbers.index(value.get());
        }

        boolean truth(String name, boolean absent) {
            return optional(name).map(Printing::truth).orElse(absent);
        }
    }
}
