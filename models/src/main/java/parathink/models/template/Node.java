package parathink.models.template;

import java.util.List;
import java.util.Optional;

/** What does something. Immutable. */
sealed interface Node {
    record Data(String text) implements Node {}

    record Output(Expression value) implements Node {}

    /** The first branch whose condition holds; {@code otherwise} where none does. */
    record If(List<Branch> branches, List<Node> otherwise) implements Node {}

    /** A condition and what it decides on. */
    record Branch(Expression condition, List<Node> body) {}

    /** A loop; {@code otherwise} where there was nothing to go through. */
    record For(
            Target target,
            Expression items,
            Optional<Expression> condition,
            List<Node> body,
            List<Node> otherwise,
            int line)
            implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}

    record Set(Target target, Expression value, int line) implements Node {}

    /** Sets a target to the text that the body writes, through filters. */
    record SetBlock(Target target, List<Filter> filters, List<Node> body, int line) implements Node {}

    /** A filter without the value that it is for. */
    record Filter(String name, Expression.Given given, int line) {}

    record FilterBlock(List<Filter> filters, List<Node> body) implements Node {}

    /** Values that only the body sees. */
    record With(List<Set> values, List<Node> body) implements Node {}

    /** A body whose values nobody else sees. */
    record Scoped(List<Node> body) implements Node {}

    record Macro(String name, Routine routine) implements Node {}

    /** Calls a macro, which may call the body by the name {@code caller}. */
    record CallBlock(Expression.Call call, Routine body, int line) implements Node {}

    /**
     * What is called with arguments and writes a text.
     *
     * @param callsBack whether it uses {@code caller}
     */
    record Routine(List<Parameter> parameters, List<Node> body, boolean callsBack) {}

    /** A parameter of a macro and what it is where it is not given. */
    record Parameter(String name, Optional<Expression> absent) {}

    /** What is assigned to. */
    sealed interface Target {
        record Name(String name) implements Target {}

        /** A value of a namespace. */
        record Member(String namespace, String name) implements Target {}

        record Several(List<Target> targets) implements Target {}
    }
}
