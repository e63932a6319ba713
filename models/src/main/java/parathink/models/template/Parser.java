package parathink.models.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import parathink.models.template.Node.Target;

/** Reads the statements of a template. Used once, by one thread. */
final class Parser {
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final Set<String> names = new HashSet<>();
    private final Deque<Boundary> boundaries = new ArrayDeque<>();

    /** What keeps a body from the loops around it. */
    private static final class Boundary {
        private final boolean routine;
        private int loops;
        private boolean callsBack;

        Boundary(boolean routine) {
            this.routine = routine;
        }
    }

    Parser(List<Token> tokens) {
        this.tokens = new TokenStream(tokens);
        this.expressions = new ExpressionParser(this.tokens, this::used);
        boundaries.push(new Boundary(false));
    }

    /** The statements of the template. */
    List<Node> template() {
        return body(Set.of());
    }

    /** The names that were looked up in what was read. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    private void used(Token name) {
        names.add(name.text());
        var routine = boundaries.stream().filter(boundary -> boundary.routine).findFirst();
        switch (name.text()) {
            case "caller" -> routine.ifPresent(boundary -> boundary.callsBack = true);
            case "varargs", "kwargs" -> {
                if (routine.isPresent()) {
                    throw unsupported("'" + name.text() + "' of macros", name.line());
                }
            }
            default -> {} // any other name
        }
    }

    private static TemplateException unsupported(String what, int line) {
        return new TemplateException(line, what + " is not supported");
    }

    /** Reads up to one of some statements, whose name is then the current token; up to the end without any. */
    private List<Node> body(Set<String> ends) {
        var nodes = new ArrayList<Node>();
        int begun = tokens.line();
        while (true) {
            var token = tokens.next();
            switch (token.kind()) {
                case DATA -> nodes.add(new Node.Data(token.text()));
                case OUTPUT_BEGIN -> {
                    nodes.add(new Node.Output(ExpressionParser.unmarked(expressions.tuple())));
                    tokens.expect(TokenKind.OUTPUT_END);
                }
                case BLOCK_BEGIN -> {
                    if (tokens.current().kind() == TokenKind.NAME
                            && ends.contains(tokens.current().text())) {
                        return List.copyOf(nodes);
                    }
                    statement().ifPresent(nodes::add);
                    tokens.expect(TokenKind.BLOCK_END);
                }
                case END -> {
                    if (ends.isEmpty()) {
                        return List.copyOf(nodes);
                    }
                    throw new TemplateException(
                            begun,
                            "the statement has no '%s'"
                                    .formatted(String.join(
                                            "' or '", ends.stream().sorted().toList())));
                }
                case OUTPUT_END, BLOCK_END, NAME, STRING, INTEGER, FLOAT, OPERATOR ->
                    throw new IllegalStateException("a token outside of tags: " + token);
            }
        }
    }

    /** A body of its own statements, and the end behind it. */
    private List<Node> closed(String end) {
        tokens.expect(TokenKind.BLOCK_END);
        var nodes = body(Set.of(end));
        tokens.expectName(end);
        return nodes;
    }

    private Optional<Node> statement() {
        tokens.enter();
        var word = tokens.expect(TokenKind.NAME);
        var node = switch (word.text()) {
            case "if" -> conditional();
            case "for" -> loop(word.line());
            case "set" -> assignment(word.line());
            case "macro" -> macro();
            case "call" -> callBlock(word.line());
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> new Node.Scoped(apart(false, () -> closed("endgeneration")));
            case "break" -> inLoop(word, new Node.Break());
            case "continue" -> inLoop(word, new Node.Continue());
            default -> throw unsupported("the statement '%s'".formatted(word.text()), word.line());
        };
        tokens.leave();
        return Optional.of(node);
    }

    private Node inLoop(Token word, Node node) {
        if (boundaries.element().loops == 0) {
            throw new TemplateException(word.line(), "'%s' stands in no loop".formatted(word.text()));
        }
        return node;
    }

    private Node conditional() {
        var branches = new ArrayList<Node.Branch>();
        var ends = Set.of("elif", "else", "endif");
        List<Node> otherwise = List.of();
        do {
            var condition = expressions.tupleWithoutCondition();
            tokens.expect(TokenKind.BLOCK_END);
            branches.add(new Node.Branch(condition, body(ends)));
        } while (tokens.takeName("elif"));
        if (tokens.takeName("else")) {
            otherwise = closed("endif");
        } else {
            tokens.expectName("endif");
        }
        return new Node.If(List.copyOf(branches), otherwise);
    }

    private Node loop(int line) {
        var target = target(false);
        tokens.expectName("in");
        var items = expressions.tupleWithoutCondition();
        var condition = tokens.takeName("if") ? Optional.of(expressions.expression()) : Optional.<Expression>empty();
        if (tokens.isName("recursive")) {
            throw unsupported("a recursive loop", tokens.line());
        }
        tokens.expect(TokenKind.BLOCK_END);
        boundaries.element().loops++;
        var body = body(Set.of("else", "endfor"));
        boundaries.element().loops--;
        List<Node> otherwise = List.of();
        if (tokens.takeName("else")) {
            otherwise = closed("endfor");
        } else {
            tokens.expectName("endfor");
        }
        return new Node.For(target, items, condition, body, otherwise, line);
    }

    private Node assignment(int line) {
        var target = target(true);
        if (tokens.takeOperator("=")) {
            return new Node.Set(target, expressions.tuple(), line);
        }
        var filters = new ArrayList<Node.Filter>();
        while (tokens.isOperator("|")) {
            filters.add(expressions.operands().filter());
        }
        return new Node.SetBlock(target, List.copyOf(filters), apart(false, () -> closed("endset")), line);
    }

    /** One name, or several with commas between them; names of a namespace's values where those may stand. */
    private Target target(boolean members) {
        var targets = new ArrayList<Target>();
        boolean several = false;
        do {
            if (several && (tokens.isName("in") || tokens.isOperator("=") || tokens.isOperator(")"))) {
                break; // a comma behind the last
            }
            targets.add(tokens.takeOperator("(") ? parenthesized(members) : single(members));
            several |= tokens.isOperator(",");
        } while (tokens.takeOperator(","));
        return several ? new Target.Several(List.copyOf(targets)) : targets.getFirst();
    }

    private Target parenthesized(boolean members) {
        tokens.enter();
        var target = target(members);
        tokens.leave();
        tokens.expectOperator(")");
        return target;
    }

    private Target single(boolean members) {
        var name = tokens.expect(TokenKind.NAME);
        if (members && tokens.takeOperator(".")) {
            return new Target.Member(name.text(), tokens.expect(TokenKind.NAME).text());
        }
        return new Target.Name(assignable(name));
    }

    private static String assignable(Token name) {
        if (CONSTANTS.contains(name.text())) {
            throw new TemplateException(name.line(), "'%s' cannot be set".formatted(name.text()));
        }
        return name.text();
    }

    private Node macro() {
        var name = assignable(tokens.expect(TokenKind.NAME));
        return new Node.Macro(name, routine("endmacro"));
    }

    private Node callBlock(int line) {
        var parameters = tokens.isOperator("(") ? parameters() : List.<Node.Parameter>of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw new TemplateException(line, "'call' needs a call of a macro");
        }
        var body = apart(true, () -> closed("endcall"));
        return new Node.CallBlock(call, new Node.Routine(parameters, body, false), line);
    }

    private Node.Routine routine(String end) {
        var boundary = new Boundary(true);
        boundaries.push(boundary);
        var parameters = parameters();
        var body = closed(end);
        boundaries.pop();
        return new Node.Routine(parameters, body, boundary.callsBack);
    }

    private List<Node.Parameter> parameters() {
        var parameters = new ArrayList<Node.Parameter>();
        tokens.expectOperator("(");
        while (!tokens.takeOperator(")")) {
            var name = tokens.expect(TokenKind.NAME);
            Optional<Expression> absent =
                    tokens.takeOperator("=") ? Optional.of(expressions.expression()) : Optional.empty();
            if (absent.isEmpty()
                    && !parameters.isEmpty()
                    && parameters.getLast().absent().isPresent()) {
                throw new TemplateException(
                        name.line(), "'%s' needs a default, as the parameter before it has one".formatted(name.text()));
            }
            parameters.add(new Node.Parameter(assignable(name), absent));
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return List.copyOf(parameters);
    }

    private Node filterBlock() {
        var filters = new ArrayList<Node.Filter>();
        filters.add(expressions.operands().filterName());
        while (tokens.isOperator("|")) {
            filters.add(expressions.operands().filter());
        }
        return new Node.FilterBlock(List.copyOf(filters), apart(false, () -> closed("endfilter")));
    }

    private Node with() {
        var values = new ArrayList<Node.Set>();
        while (tokens.current().kind() != TokenKind.BLOCK_END) {
            if (!values.isEmpty()) {
                tokens.expectOperator(",");
            }
            int line = tokens.line();
            var name = new Target.Name(assignable(tokens.expect(TokenKind.NAME)));
            tokens.expectOperator("=");
            values.add(new Node.Set(name, expressions.expression(), line));
        }
        return new Node.With(List.copyOf(values), closed("endwith"));
    }

    /** Reads a body that no {@code break} leaves. */
    private List<Node> apart(boolean routine, Supplier<List<Node>> body) {
        boundaries.push(new Boundary(routine));
        var nodes = body.get();
        boundaries.pop();
        return nodes;
    }
}
