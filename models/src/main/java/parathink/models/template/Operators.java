package parathink.models.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import parathink.models.template.Value.Kind;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;

/** The operators between two values. Used by one thread. */
final class Operators {
    private final Work work;
    private final Printing printing;

    Operators(Work work) {
        this.work = work;
        this.printing = new Printing(work);
    }

    /** One of the signs {@code + - * / // % ** ~}. */
    Value calculate(String sign, Value left, Value right) {
        if (sign.equals("~")) {
            return joined(printing.string(left), printing.string(right));
        }
        var number = Numbers.of(left);
        var other = Numbers.of(right);
        if (number.isPresent() && other.isPresent()) {
            return Numbers.calculate(sign, number.get(), other.get());
        }
        if (sign.equals("+") && left instanceof Text(var one) && right instanceof Text(var two)) {
            return joined(one, two);
        }
        if (sign.equals("+")
                && left instanceof Sequence one
                && right instanceof Sequence two
                && one.kind() == two.kind()) {
            return joined(one, two);
        }
        if (sign.equals("*") && (number.isPresent() || other.isPresent())) {
            return number.isPresent() ? repeated(right, left) : repeated(left, right);
        }
        if (sign.equals("%") && left instanceof Text) {
            throw new TemplateException("formatting a text with % is not supported");
        }
        throw undefined(sign, left, right);
    }

    private static TemplateException undefined(String sign, Value left, Value right) {
        return new TemplateException(
                "'%s' between %s and %s".formatted(sign, Printing.kind(left), Printing.kind(right)));
    }

    private Value joined(String left, String right) {
        work.room((long) left.length() + right.length());
        return new Text(work.made(left + right));
    }

    private Value joined(Sequence left, Sequence right) {
        if (left.kind() != Kind.LIST && left.kind() != Kind.TUPLE) {
            throw undefined("+", left, right);
        }
        work.items((long) left.items().size() + right.items().size());
        var items = new ArrayList<>(left.items());
        items.addAll(right.items());
        return new Sequence(left.kind(), items);
    }

    private Value repeated(Value value, Value count) {
        int times = Math.max(0, Numbers.index(count));
        if (value instanceof Text(var text)) {
            work.room((long) text.length() * times);
            return new Text(work.made(text.repeat(times)));
        }
        if (value instanceof Sequence(var kind, var items) && (kind == Kind.LIST || kind == Kind.TUPLE)) {
            work.items((long) items.size() * times);
            return new Sequence(
                    kind,
                    Collections.nCopies(times, items).stream()
                            .flatMap(List::stream)
                            .toList());
        }
        throw undefined("*", value, count);
    }
}
