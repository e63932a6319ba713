package parathink.models.template;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import parathink.models.template.Value.Kind;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;

/** Equality, order and membership as Python has them. Used by one thread. */
final class Comparing {
    private final Work work;

    Comparing(Work work) {
        this.work = work;
    }

    /** One of the signs {@code == != < <= > >= in notin}. */
    boolean holds(String sign, Value left, Value right) {
        return switch (sign) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "<" -> !unordered(left, right) && compare(left, right) < 0;
            case "<=" -> !unordered(left, right) && compare(left, right) <= 0;
            case ">" -> !unordered(left, right) && compare(left, right) > 0;
            case ">=" -> !unordered(left, right) && compare(left, right) >= 0;
            case "in" -> contains(right, left);
            case "notin" -> !contains(right, left);
            default -> throw new IllegalArgumentException("no comparison: " + sign);
        };
    }

    private static boolean unordered(Value left, Value right) {
        return Numbers.isNotANumber(left) || Numbers.isNotANumber(right);
    }

    boolean equal(Value left, Value right) {
        work.charge(1);
        var numbers = Numbers.of(left);
        var others = Numbers.of(right);
        if (numbers.isPresent() && others.isPresent()) {
            return !unordered(left, right) && Numbers.compare(numbers.get(), others.get()) == 0;
        }
        if (left instanceof Text(var one) && right instanceof Text(var other)) {
            return one.equals(other);
        }
        if (left instanceof Sequence one && right instanceof Sequence other) {
            requireNoView(one, other);
            return one.kind() == other.kind() && equal(one.items(), other.items());
        }
        if (left instanceof Mapping one && right instanceof Mapping other) {
            return equal(one, other);
        }
        return left.equals(right) || (left instanceof Value.Undefined && right instanceof Value.Undefined);
    }

    private static void requireNoView(Sequence one, Sequence other) {
        if (one.kind() == Kind.VIEW && other.kind() == Kind.VIEW) {
            throw new TemplateException("comparing views of mappings is not supported; make lists of them");
        }
    }

    private boolean equal(List<Value> one, List<Value> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean equal(Mapping one, Mapping other) {
        return one.entries().keySet().equals(other.entries().keySet())
                && one.entries().entrySet().stream()
                        .allMatch(
                                entry -> equal(entry.getValue(), other.entries().get(entry.getKey())));
    }

    /** Orders numbers, texts, and lists of them. */
    int compare(Value left, Value right) {
        work.charge(1);
        var number = Numbers.of(left);
        var other = Numbers.of(right);
        if (number.isPresent() && other.isPresent()) {
            return Numbers.compare(number.get(), other.get());
        }
        if (left instanceof Text(var one) && right instanceof Text(var two)) {
            return PythonText.compare(one, two);
        }
        if (left instanceof Sequence(var kind, var ones)
                && right instanceof Sequence(var otherKind, var others)
                && kind == otherKind
                && (kind == Kind.LIST || kind == Kind.TUPLE)) {
            return compare(ones, others);
        }
        throw new TemplateException("%s and %s have no order".formatted(Printing.kind(left), Printing.kind(right)));
    }

    private int compare(List<Value> ones, List<Value> others) {
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            if (!equal(ones.get(i), others.get(i))) {
                return compare(ones.get(i), others.get(i));
            }
        }
        return Integer.compare(ones.size(), others.size());
    }

    Comparator<Value> order() {
        return this::compare;
    }

    /** Whether a container has an element, a key or a part of a text. */
    boolean contains(Value container, Value wanted) {
        return switch (container) {
            case Text(var text) -> {
                if (wanted instanceof Text(var part)) {
                    work.charge(text.length() / 16);
                    yield text.contains(part);
                }
                throw new TemplateException("a text has texts in it, not %s".formatted(Printing.kind(wanted)));
            }
            case Mapping(var entries) -> {
                if (wanted instanceof Sequence || wanted instanceof Mapping) {
                    throw new TemplateException("%s is no key of a mapping".formatted(Printing.kind(wanted)));
                }
                yield wanted instanceof Text(var key) && entries.containsKey(key);
            }
            case Sequence(var kind, var items) -> among(items.iterator(), wanted);
            case Value.Stream stream -> among(stream.items(), wanted);
            case Value.Undefined missing -> false; // has no elements
            case Value.Loop loop -> throw none(container);
            case Value.None none -> throw none(container);
            case Value.Truth truth -> throw none(container);
            case Value.Whole whole -> throw none(container);
            case Value.Real real -> throw none(container);
            case Value.Namespace namespace -> throw none(container);
            case Value.Function function -> throw none(container);
        };
    }

    private static TemplateException none(Value container) {
        return new TemplateException("%s has no elements to look among".formatted(Printing.kind(container)));
    }

    private boolean among(Iterator<Value> items, Value wanted) {
        while (items.hasNext()) {
            var item = items.next();
            if (equal(item, wanted)) {
                return true;
            }
        }
        return false;
    }
}
