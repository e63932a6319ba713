package parathink.models.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Undefined;
import parathink.models.template.Value.Whole;

/** The filters of several values. Used by one thread. */
final class SequenceFilters {
    private final Work work;
    private final Tests tests;
    private final Filters filters;
    private final Printing printing;
    private final Comparing comparing;
    private final Access access;
    private final Operators operators;

    SequenceFilters(Work work, Tests tests, Filters filters) {
        this.work = work;
        this.tests = tests;
        this.filters = filters;
        this.printing = new Printing(work);
        this.comparing = new Comparing(work);
        this.access = new Access(work);
        this.operators = new Operators(work);
    }

    Value filtered(Value value, Arguments arguments) {
        return switch (arguments.function()) {
            case "list" -> {
                arguments.requireNone();
                yield Sequence.list(items(value));
            }
            case "first" -> end(value, arguments, true);
            case "last" -> end(value, arguments, false);
            case "join" -> joined(value, arguments);
            case "reverse" -> reversed(value, arguments);
            case "map" -> stream(items(value).stream().map(mapping(arguments)));
            case "select" -> stream(chosen(value, arguments, false, true));
            case "reject" -> stream(chosen(value, arguments, false, false));
            case "selectattr" -> stream(chosen(value, arguments, true, true));
            case "rejectattr" -> stream(chosen(value, arguments, true, false));
            case "sort" -> sorted(value, arguments);
            case "unique" -> unique(value, arguments);
            case "min" -> extreme(value, arguments, comparing.order());
            case "max" -> extreme(value, arguments, comparing.order().reversed());
            case "sum" -> sum(value, arguments);
            case "items" -> items(value, arguments);
            case "dictsort" -> dictionary(value, arguments);
            default -> throw new TemplateException("the filter '%s' is not supported".formatted(arguments.function()));
        };
    }

    private List<Value> items(Value value) {
        return Iteration.of(value, work);
    }

    /** Python goes through such values once; here they are all found at once. */
    private Value stream(Stream<Value> values) {
        return new Value.Stream(values.toList().iterator());
    }

    private Value end(Value value, Arguments arguments, boolean first) {
        arguments.requireNone();
        if (!first && value instanceof Value.Stream) {
            throw new TemplateException("'last' of %s".formatted(Printing.kind(value)));
        }
        if (first && value instanceof Value.Stream stream) {
            return stream.items().hasNext() ? stream.items().next() : new Undefined("there is no first element");
        }
        var items = items(value);
        if (items.isEmpty()) {
            return new Undefined("there is no %s element".formatted(first ? "first" : "last"));
        }
        return first ? items.getFirst() : items.getLast();
    }

    private Value joined(Value value, Arguments arguments) {
        var bound = arguments.bind("d", "attribute");
        var separator = bound.optional("d").map(printing::string).orElse("");
        var attribute = bound.optional("attribute").filter(given -> given != Value.None.NONE);
        var joined = new StringBuilder();
        var between = "";
        for (var item : items(value)) {
            joined.append(between)
                    .append(printing.string(attribute.isPresent() ? member(item, attribute.get()) : item));
            between = separator;
            work.room(joined.length());
        }
        return new Text(work.made(joined.toString()));
    }

    private Value reversed(Value value, Arguments arguments) {
        arguments.requireNone();
        if (value instanceof Text(var text)) {
            int[] points = text.codePoints().toArray();
            var reversed = new StringBuilder();
            for (int i = points.length - 1; i >= 0; i--) {
                reversed.appendCodePoint(points[i]);
            }
            return new Text(work.made(reversed.toString()));
        }
        return stream(items(value).reversed().stream());
    }

    private java.util.function.Function<Value, Value> mapping(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            var bound = arguments.bind("attribute", "default");
            var attribute = bound.required("attribute");
            var absent = bound.optional("default").filter(given -> given != Value.None.NONE);
            return item -> {
                var member = member(item, attribute);
                return member instanceof Undefined && absent.isPresent() ? absent.get() : member;
            };
        }
        var rest = arguments.after(1).of(name(arguments, 0));
        return item -> {
            work.charge(1);
            return filters.filtered(item, rest);
        };
    }

    private static String name(Arguments arguments, int place) {
        if (arguments.positional().get(place) instanceof Text(var name)) {
            return name;
        }
        throw new TemplateException("'%s' needs a name, not %s"
                .formatted(
                        arguments.function(),
                        Printing.kind(arguments.positional().get(place))));
    }

    /** An attribute of an attribute, by a path with dots. */
    private Value member(Value item, Value path) {
        if (!(path instanceof Text(var names))) {
            return access.element(item, path);
        }
        var member = item;
        for (var name : names.split("\\.", -1)) {
            boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
            member = access.element(member, number ? new Whole(OperandParser.whole(name)) : new Text(name));
        }
        return member;
    }

    private Stream<Value> chosen(Value value, Arguments arguments, boolean byAttribute, boolean wanted) {
        if (!Printing.truth(value)) {
            return Stream.empty();
        }
        int named = byAttribute ? 1 : 0;
        if (arguments.positional().size() < named) {
            throw new TemplateException("'%s' needs the name of an attribute".formatted(arguments.function()));
        }
        Predicate<Value> test = Printing::truth;
        if (arguments.positional().size() > named) {
            var rest = arguments.after(named + 1).of(name(arguments, named));
            test = item -> tests.holds(item, rest);
        } else {
            arguments.after(named).requireNone();
        }
        var chosen = new ArrayList<Value>();
        for (var item : items(value)) {
            work.charge(1);
            if (test.test(byAttribute ? member(item, arguments.positional().getFirst()) : item) == wanted) {
                chosen.add(item);
            }
        }
        return chosen.stream();
    }

    private Value sorted(Value value, Arguments arguments) {
        var bound = arguments.bind("reverse", "case_sensitive", "attribute");
        var attribute = attribute(bound);
        boolean sensitive = bound.truth("case_sensitive", false);
        var items = new ArrayList<>(items(value));
        work.charge(items.size());
        Comparator<Value> order = Comparator.comparing(item -> keys(item, attribute, sensitive), comparing.order());
        items.sort(bound.truth("reverse", false) ? order.reversed() : order);
        return Sequence.list(items);
    }

    private static Optional<Value> attribute(Arguments.Bound bound) {
        return bound.optional("attribute").filter(given -> given != Value.None.NONE);
    }

    private Value keys(Value item, Optional<Value> attribute, boolean sensitive) {
        if (attribute.isPresent() && attribute.get() instanceof Text(var names) && names.contains(",")) {
            return Sequence.list(Stream.of(names.split(",", -1))
                    .map(name -> key(item, Optional.of(new Text(name)), sensitive))
                    .toList());
        }
        return key(item, attribute, sensitive);
    }

    private Value key(Value item, Optional<Value> attribute, boolean sensitive) {
        var key = attribute.map(path -> member(item, path)).orElse(item);
        return !sensitive && key instanceof Text(var text) ? new Text(PythonText.lower(text)) : key;
    }

    private Value unique(Value value, Arguments arguments) {
        var bound = arguments.bind("case_sensitive", "attribute");
        boolean sensitive = bound.truth("case_sensitive", false);
        var attribute = attribute(bound);
        var seen = new ArrayList<Value>();
        var unique = new ArrayList<Value>();
        for (var item : items(value)) {
            var key = key(item, attribute, sensitive);
            if (key instanceof Mapping || key instanceof Sequence) {
                throw new TemplateException("'unique' of %s is not supported".formatted(Printing.kind(key)));
            }
            if (seen.stream().noneMatch(other -> comparing.equal(other, key))) {
                seen.add(key);
                unique.add(item);
            }
        }
        return stream(unique.stream());
    }

    private Value extreme(Value value, Arguments arguments, Comparator<Value> order) {
        var bound = arguments.bind("case_sensitive", "attribute");
        boolean sensitive = bound.truth("case_sensitive", false);
        var attribute = attribute(bound);
        var items = items(value);
        return items.isEmpty()
                ? new Undefined("an empty sequence has no %s".formatted(arguments.function()))
                : Collections.min(items, Comparator.comparing(item -> key(item, attribute, sensitive), order));
    }

    private Value sum(Value value, Arguments arguments) {
        var bound = arguments.bind("attribute", "start");
        var attribute = attribute(bound);
        var sum = bound.optional("start").orElse(Whole.of(0));
        for (var item : items(value)) {
            sum = operators.calculate("+", sum, attribute.isPresent() ? member(item, attribute.get()) : item);
        }
        return sum;
    }

    private Value items(Value value, Arguments arguments) {
        arguments.requireNone();
        if (value instanceof Undefined) {
            return stream(Stream.empty());
        }
        return stream(CollectionMethods.items(mapping(value, "items")).stream());
    }

    private static Mapping mapping(Value value, String filter) {
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        throw new TemplateException("'%s' needs a mapping, not %s".formatted(filter, Printing.kind(value)));
    }

    private Value dictionary(Value value, Arguments arguments) {
        var bound = arguments.bind("case_sensitive", "by", "reverse");
        boolean sensitive = bound.truth("case_sensitive", false);
        var by = bound.optionalText("by").orElse("key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateException("'dictsort' sorts by key or by value, not by '%s'".formatted(by));
        }
        var place = Optional.<Value>of(Whole.of(by.equals("key") ? 0 : 1));
        var items = new ArrayList<>(CollectionMethods.items(mapping(value, "dictsort")));
        Comparator<Value> order = Comparator.comparing(item -> key(item, place, sensitive), comparing.order());
        items.sort(bound.truth("reverse", false) ? order.reversed() : order);
        return Sequence.list(items);
    }
}
