package parathink.models.template;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import parathink.models.template.Value.Function;
import parathink.models.template.Value.Kind;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Whole;

/** The methods of mappings and lists that change nothing. Used by one thread. */
final class CollectionMethods {
    private static final Set<String> CHANGING_MAPPING = Set.of("clear", "pop", "popitem", "setdefault", "update");
    private static final Set<String> CHANGING_LIST =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

    private final Comparing comparing;

    CollectionMethods(Work work) {
        this.comparing = new Comparing(work);
    }

    Optional<Value> method(Mapping mapping, String name) {
        if (CHANGING_MAPPING.contains(name)) {
            throw changing(name, "mapping");
        }
        return switch (name) {
            case "items" -> bound(name, arguments -> view(arguments, items(mapping)));
            case "keys" ->
                bound(
                        name,
                        arguments -> view(
                                arguments,
                                mapping.entries().keySet().stream()
                                        .<Value>map(Text::new)
                                        .toList()));
            case "values" ->
                bound(
                        name,
                        arguments ->
                                view(arguments, List.copyOf(mapping.entries().values())));
            case "get" ->
                bound(name, arguments -> {
                    var bound = arguments.bind("key", "default");
                    var found = bound.required("key") instanceof Text(var key)
                            ? Optional.ofNullable(mapping.entries().get(key))
                            : Optional.<Value>empty();
                    return found.or(() -> bound.optional("default")).orElse(Value.None.NONE);
                });
            case "copy" ->
                bound(name, arguments -> {
                    arguments.requireNone();
                    return mapping;
                });
            case "fromkeys" -> throw Access.unsupported(mapping, name);
            default -> Optional.empty();
        };
    }

    /** The keys and values as tuples. */
    static List<Value> items(Mapping mapping) {
        return mapping.entries().entrySet().stream()
                .<Value>map(entry -> Sequence.tuple(new Text(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Value view(Arguments arguments, List<Value> items) {
        arguments.requireNone();
        return new Sequence(Kind.VIEW, items);
    }

    Optional<Value> method(Sequence sequence, String name) {
        return switch (sequence.kind()) {
            case LIST -> list(sequence, name);
            case TUPLE -> shared(sequence, name);
            case RANGE -> {
                if (Set.of("start", "stop", "step").contains(name)) {
                    throw Access.unsupported(sequence, name);
                }
                yield shared(sequence, name);
            }
            case VIEW -> {
                if (Set.of("mapping", "isdisjoint").contains(name)) {
                    throw Access.unsupported(sequence, name);
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<Value> list(Sequence list, String name) {
        if (CHANGING_LIST.contains(name)) {
            throw changing(name, "list");
        }
        return name.equals("copy")
                ? bound(name, arguments -> {
                    arguments.requireNone();
                    return list;
                })
                : shared(list, name);
    }

    private Optional<Value> shared(Sequence sequence, String name) {
        return switch (name) {
            case "count" ->
                bound(name, arguments -> {
                    var wanted = arguments.bind("value").required("value");
                    return Whole.of(sequence.items().stream()
                            .filter(item -> comparing.equal(item, wanted))
                            .count());
                });
            case "index" ->
                bound(name, arguments -> {
                    var wanted = arguments.bind("value").required("value");
                    for (int i = 0; i < sequence.items().size(); i++) {
                        if (comparing.equal(sequence.items().get(i), wanted)) {
                            return Whole.of(i);
                        }
                    }
                    throw new TemplateException(
                            "%s does not have what 'index' looks for".formatted(Printing.kind(sequence)));
                });
            default -> Optional.empty();
        };
    }

    private static Optional<Value> bound(String name, Function.Body body) {
        return Optional.of(new Function(name, body));
    }

    /** Jinja's immutable sandbox refuses them too. */
    private static TemplateException changing(String name, String kind) {
        return new TemplateException("the method '%s' changes a %s, which templates may not".formatted(name, kind));
    }
}
