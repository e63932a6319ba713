package parathink.models.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has a value. Immutable. */
sealed interface Expression {
    /** The line of the template, from 1. */
    int line();

    /** A number, a text, true, false or none. */
    record Constant(Value value, int line) implements Expression {}

    record Name(String name, int line) implements Expression {}

    record Items(Value.Kind kind, List<Expression> items, int line) implements Expression {}

    record Entries(List<Entry> entries, int line) implements Expression {}

    /** One key of a mapping and its value. */
    record Entry(Expression key, Expression value) {}

    /** {@code owner.name}. */
    record Attribute(Expression owner, String name, int line) implements Expression {}

    /** {@code owner[place]}. */
    record Element(Expression owner, Expression place, int line) implements Expression {}

    /** {@code owner[from:to:step]}. */
    record Slice(
            Expression owner, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step, int line)
            implements Expression {}

    record Call(Expression function, Given given, int line) implements Expression {}

    /** {@code value | name(given)}. */
    record Filtered(Expression value, String name, Given given, int line) implements Expression {}

    /** {@code value is name(given)}. */
    record Tested(Expression value, String name, Given given, int line) implements Expression {}

    /** What stands in the parentheses of a call. */
    record Given(List<Expression> positional, Map<String, Expression> named) {
        static final Given NOTHING = new Given(List.of(), Map.of());
    }

    /** A sign before a value, or {@code not}. */
    record Unary(String sign, Expression value, int line) implements Expression {}

    /** Arithmetic, or {@code ~}. */
    record Binary(String sign, Expression left, Expression right, int line) implements Expression {}

    /** {@code and} or {@code or}. */
    record Logical(boolean and, Expression left, Expression right, int line) implements Expression {}

    /** {@code first < second <= third}: each beside the next. */
    record Comparison(Expression first, List<Operand> others, int line) implements Expression {}

    /** A sign of comparison and what stands behind it. */
    record Operand(String sign, Expression value) {}

    /** {@code yes if condition else no}. */
    record Conditional(Expression condition, Expression yes, Optional<Expression> no, int line) implements Expression {}
}
