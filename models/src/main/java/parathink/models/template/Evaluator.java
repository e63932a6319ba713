package parathink.models.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.models.template.Expression.Given;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Truth;

/** Finds the values of expressions. Used once, by one thread. */
final class Evaluator {
    private final Work work;
    private final Map<String, Value> functions;
    private final Operators operators;
    private final Access access;
    private final Comparing comparing;
    private final Filters filters;
    private final Tests tests;

    /** Functions are what every template may call, by name. */
    Evaluator(Work work, Map<String, Value> functions) {
        this.work = work;
        this.functions = functions;
        this.operators = new Operators(work);
        this.access = new Access(work);
        this.comparing = new Comparing(work);
        this.tests = new Tests(comparing, Filters.NAMES);
        this.filters = new Filters(work, tests);
    }

    Value value(Expression expression, Scope scope) {
        work.charge(1);
        try {
            return unplaced(expression, scope);
        } catch (TemplateException e) {
            throw e.in(expression.line());
        }
    }

    private Value unplaced(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Constant(var value, int line) -> value;
            case Expression.Name(var name, int line) -> named(name, scope);
            case Expression.Items(var kind, var items, int line) -> new Value.Sequence(kind, values(items, scope));
            case Expression.Entries(var entries, int line) -> mapping(entries, scope);
            case Expression.Attribute(var owner, var name, int line) -> access.attribute(value(owner, scope), name);
            case Expression.Element(var owner, var place, int line) ->
                access.element(value(owner, scope), value(place, scope));
            case Expression.Slice(var owner, var from, var to, var step, int line) ->
                access.slice(value(owner, scope), bound(from, scope), bound(to, scope), bound(step, scope));
            case Expression.Call call -> call(call, Map.of(), scope);
            case Expression.Filtered(var value, var name, var given, int line) ->
                filters.filtered(value(value, scope), arguments(name, given, Map.of(), scope));
            case Expression.Tested(var value, var name, var given, int line) ->
                Truth.of(tests.holds(value(value, scope), arguments(name, given, Map.of(), scope)));
            case Expression.Unary(var sign, var value, int line) -> unary(sign, value(value, scope));
            case Expression.Binary(var sign, var left, var right, int line) ->
                operators.calculate(sign, value(left, scope), value(right, scope));
            case Expression.Logical logical -> logical(logical, scope);
            case Expression.Comparison comparison -> compare(comparison, scope);
            case Expression.Conditional(var condition, var yes, var no, int line) -> {
                if (Printing.truth(value(condition, scope))) {
                    yield value(yes, scope);
                }
                yield no.map(other -> value(other, scope))
                        .orElseGet(() -> new Value.Undefined("an 'if' without an 'else' that did not hold"));
            }
        };
    }

    private Value named(String name, Scope scope) {
        return scope.find(name)
                .or(() -> Optional.ofNullable(functions.get(name)))
                .orElseGet(() -> new Value.Undefined("'%s' is not defined".formatted(name)));
    }

    private List<Value> values(List<Expression> expressions, Scope scope) {
        var values = new ArrayList<Value>();
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private Value mapping(List<Expression.Entry> entries, Scope scope) {
        var mapping = new LinkedHashMap<String, Value>();
        for (var entry : entries) {
            var key = value(entry.key(), scope);
            if (!(key instanceof Text(var name))) {
                throw new TemplateException(
                        "%s as the key of a mapping is not supported; texts are".formatted(Printing.kind(key)));
            }
            mapping.put(name, value(entry.value(), scope));
        }
        return new Value.Mapping(mapping);
    }

    private Optional<Value> bound(Optional<Expression> bound, Scope scope) {
        return bound.map(expression -> value(expression, scope)).filter(value -> value != Value.None.NONE);
    }

    private static Value unary(String sign, Value value) {
        if (sign.equals("not")) {
            return Truth.of(!Printing.truth(value));
        }
        var number = Numbers.of(value)
                .orElseThrow(() -> new TemplateException("'%s' before %s".formatted(sign, Printing.kind(value))));
        return sign.equals("-") ? Numbers.negated(number) : number;
    }

    private Value logical(Expression.Logical logical, Scope scope) {
        var left = value(logical.left(), scope);
        return Printing.truth(left) == logical.and() ? value(logical.right(), scope) : left;
    }

    private Value compare(Expression.Comparison comparison, Scope scope) {
        var left = value(comparison.first(), scope);
        for (var other : comparison.others()) {
            var right = value(other.value(), scope);
            if (!comparing.holds(other.sign(), left, right)) {
                return Truth.FALSE;
            }
            left = right;
        }
        return Truth.TRUE;
    }

    private Value call(Expression.Call call, Map<String, Value> more, Scope scope) {
        var function = value(call.function(), scope);
        if (!(function instanceof Value.Function(var name, var body))) {
            throw new TemplateException("%s cannot be called".formatted(Printing.kind(function)));
        }
        return body.call(arguments(name, call.given(), more, scope));
    }

    /** Calls a macro that may call back. */
    Value callWith(Expression.Call call, Value.Function caller, Scope scope) {
        try {
            return call(call, Map.of("caller", caller), scope);
        } catch (TemplateException e) {
            throw e.in(call.line());
        }
    }

    Value filtered(Value value, Node.Filter filter, Scope scope) {
        try {
            return filters.filtered(value, arguments(filter.name(), filter.given(), Map.of(), scope));
        } catch (TemplateException e) {
            throw e.in(filter.line());
        }
    }

    private Arguments arguments(String name, Given given, Map<String, Value> more, Scope scope) {
        var named = new LinkedHashMap<String, Value>();
        given.named().forEach((key, expression) -> named.put(key, value(expression, scope)));
        named.putAll(more);
        return new Arguments(name, values(given.positional(), scope), named);
    }
}
