package parathink.models.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Undefined;

/** Attributes, elements and slices of values. Used by one thread. */
final class Access {
    /** What Python's numbers have that templates do not need; not to be taken for something undefined. */
    private static final Set<String> NUMBER_METHODS = Set.of(
            "as_integer_ratio",
            "bit_count",
            "bit_length",
            "conjugate",
            "denominator",
            "from_bytes",
            "fromhex",
            "hex",
            "imag",
            "is_integer",
            "numerator",
            "real",
            "to_bytes");

    private final Work work;
    private final TextMethods texts;
    private final CollectionMethods collections;

    Access(Work work) {
        this.work = work;
        this.texts = new TextMethods(work);
        this.collections = new CollectionMethods(work);
    }

    /** {@code owner.name}: a method of the value before an entry of a mapping. */
    Value attribute(Value owner, String name) {
        requireDefined(owner, name);
        return method(owner, name)
                .or(() -> owner instanceof Mapping(var entries)
                        ? Optional.ofNullable(entries.get(name))
                        : Optional.empty())
                .orElseGet(() -> missing(owner, name));
    }

    /** {@code owner[place]}: an element before a method of the value. */
    Value element(Value owner, Value place) {
        requireDefined(owner, "the element");
        return at(owner, place)
                .or(() -> place instanceof Text(var name) ? method(owner, name) : Optional.empty())
                .orElseGet(() -> missing(owner, place instanceof Text(var name) ? name : "such element"));
    }

    private static void requireDefined(Value owner, String wanted) {
        if (owner instanceof Undefined(var complaint)) {
            throw new TemplateException("%s of something undefined (%s)".formatted(wanted, complaint));
        }
    }

    private static Undefined missing(Value owner, String name) {
        return new Undefined("%s has no '%s'".formatted(Printing.kind(owner), name));
    }

    private Optional<Value> method(Value owner, String name) {
        if (name.startsWith("__")) {
            throw new TemplateException("'%s' is not for templates".formatted(name));
        }
        return switch (owner) {
            case Text(var text) -> texts.method(text, name);
            case Mapping mapping -> collections.method(mapping, name);
            case Sequence sequence -> collections.method(sequence, name);
            case Value.Namespace namespace ->
                Optional.ofNullable(namespace.values().get(name));
            case Value.Loop loop -> LoopAttributes.of(loop, name);
            case Value.Whole number -> number(name);
            case Value.Real number -> number(name);
            case Value.Truth number -> number(name);
            case Value.None none -> Optional.empty();
            case Value.Function function -> throw unsupported(owner, name);
            case Value.Stream stream -> throw unsupported(owner, name);
            case Undefined missing -> throw new IllegalArgumentException("undefined values have no methods");
        };
    }

    private static Optional<Value> number(String name) {
        if (NUMBER_METHODS.contains(name)) {
            throw new TemplateException("'%s' of a number is not supported".formatted(name));
        }
        return Optional.empty();
    }

    static TemplateException unsupported(Value owner, String name) {
        return new TemplateException("'%s' of %s is not supported".formatted(name, Printing.kind(owner)));
    }

    private Optional<Value> at(Value owner, Value place) {
        if (owner instanceof Mapping(var entries)) {
            return place instanceof Text(var key) ? Optional.ofNullable(entries.get(key)) : Optional.empty();
        }
        boolean number = place instanceof Value.Whole || place instanceof Value.Truth;
        if (number && owner instanceof Sequence(var kind, var items) && kind != Value.Kind.VIEW) {
            return index(place, items.size()).map(items::get);
        }
        if (number && owner instanceof Text(var text)) {
            int length = text.codePointCount(0, text.length());
            work.charge(length / 16);
            return index(place, length)
                    .map(index -> new Text(Character.toString(text.codePointAt(text.offsetByCodePoints(0, index)))));
        }
        return Optional.empty();
    }

    private static Optional<Integer> index(Value place, int size) {
        int index = Numbers.index(place);
        int from = index < 0 ? index + size : index;
        return from >= 0 && from < size ? Optional.of(from) : Optional.empty();
    }

    /** {@code owner[from:to:step]}. */
    Value slice(Value owner, Optional<Value> from, Optional<Value> to, Optional<Value> step) {
        requireDefined(owner, "a slice");
        if (owner instanceof Text(var text)) {
            var points = text.codePoints().toArray();
            work.charge(points.length / 16);
            var part = new StringBuilder();
            places(points.length, from, to, step).forEach(place -> part.appendCodePoint(points[place]));
            return new Text(work.made(part.toString()));
        }
        if (owner instanceof Sequence(var kind, var items) && kind != Value.Kind.VIEW) {
            return new Sequence(
                    kind,
                    places(items.size(), from, to, step).stream()
                            .map(items::get)
                            .toList());
        }
        throw new TemplateException("%s has no slices".formatted(Printing.kind(owner)));
    }

    private List<Integer> places(int size, Optional<Value> from, Optional<Value> to, Optional<Value> step) {
        int stride = step.map(Numbers::index).orElse(1);
        if (stride == 0) {
            throw new TemplateException("a slice has a step of 0");
        }
        int start = clamp(from, size, stride, stride > 0 ? 0 : size - 1);
        int end = clamp(to, size, stride, stride > 0 ? size : -1);
        var places = new ArrayList<Integer>();
        for (long place = start; stride > 0 ? place < end : place > end; place += stride) {
            places.add((int) place);
        }
        work.charge(places.size() / 16);
        return places;
    }

    private static int clamp(Optional<Value> bound, int size, int stride, int absent) {
        if (bound.isEmpty()) {
            return absent;
        }
        var place = BigInteger.valueOf(Numbers.index(bound.get()));
        long shifted = place.signum() < 0 ? place.longValue() + size : place.longValue();
        return Math.clamp(shifted, stride > 0 ? 0 : -1, stride > 0 ? size : size - 1);
    }
}
