package parathink.models.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import parathink.models.template.Value.Kind;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Namespace;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Whole;

/** What every chat template may call. Used by one thread. */
final class Functions {
    private final Work work;
    private final LocalDateTime now;

    Functions(Work work, LocalDateTime now) {
        this.work = work;
        this.now = now;
    }

    Map<String, Value> byName() {
        return Map.of(
                "range", function("range", this::range),
                "dict", function("dict", arguments -> new Mapping(entries(arguments))),
                "namespace",
                        function("namespace", arguments -> {
                            var values = entries(arguments);
                            values.keySet().forEach(Functions::memberName);
                            return new Namespace(values);
                        }),
                "raise_exception",
                        function("raise_exception", arguments -> {
                            var message = arguments.bind("message").required("message");
                            throw new TemplateException("the template refuses: " + new Printing(work).string(message));
                        }),
                "strftime_now",
                        function(
                                "strftime_now",
                                arguments -> new Text(DateFormat.format(
                                        now, arguments.bind("format").text("format")))),
                "lipsum", unsupported("lipsum"),
                "cycler", unsupported("cycler"),
                "joiner", unsupported("joiner"));
    }

    private static Value function(String name, Value.Function.Body body) {
        return new Value.Function(name, body);
    }

    private static Value unsupported(String name) {
        return function(name, arguments -> {
            throw new TemplateException("the function '%s' is not supported".formatted(name));
        });
    }

    /** The name of a value of a namespace; those with an underscore are not for templates. */
    static String memberName(String name) {
        if (name.startsWith("_")) {
            throw new TemplateException(
                    "a namespace keeps no '%s': the underscore is not for templates".formatted(name));
        }
        return name;
    }

    private static Map<String, Value> entries(Arguments arguments) {
        var entries = new LinkedHashMap<String, Value>();
        if (arguments.positional().size() > 1
                || (arguments.positional().size() == 1
                        && !(arguments.positional().getFirst() instanceof Mapping))) {
            throw new TemplateException(
                    "%s of anything but a mapping and names is not supported".formatted(arguments.function()));
        }
        if (!arguments.positional().isEmpty() && arguments.positional().getFirst() instanceof Mapping(var first)) {
            entries.putAll(first);
        }
        entries.putAll(arguments.named());
        return entries;
    }

    private Value range(Arguments arguments) {
        var bounds = arguments.positional().stream().map(Numbers::index).toList();
        if (bounds.isEmpty() || bounds.size() > 3 || !arguments.named().isEmpty()) {
            throw new TemplateException("range takes one to three whole numbers");
        }
        long start = bounds.size() == 1 ? 0 : bounds.getFirst();
        long end = bounds.size() == 1 ? bounds.getFirst() : bounds.get(1);
        long step = bounds.size() == 3 ? bounds.get(2) : 1;
        if (step == 0) {
            throw new TemplateException("range has a step of 0");
        }
        long count = Math.max(0, Math.ceilDiv(end - start, step));
        work.items(count);
        var items = new ArrayList<Value>();
        for (long i = 0; i < count; i++) {
            items.add(Whole.of(start + i * step));
        }
        return new Sequence(Kind.RANGE, items);
    }
}
