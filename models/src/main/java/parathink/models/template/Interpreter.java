package parathink.models.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import parathink.models.template.Node.Target;
import parathink.models.template.Value.Namespace;

/** Carries out the statements of a template. Used once, by one thread. */
final class Interpreter {
    private final Work work;
    private final Printing printing;
    private final Evaluator evaluator;

    /** What a statement says of those behind it. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Interpreter(Work work, Evaluator evaluator) {
        this.work = work;
        this.printing = new Printing(work);
        this.evaluator = evaluator;
    }

    /** What a body writes. */
    String text(List<Node> body, Scope scope) {
        var text = new StringBuilder();
        carryOut(body, scope, text);
        return text.toString();
    }

    private Flow carryOut(List<Node> body, Scope scope, StringBuilder out) {
        for (var node : body) {
            var flow = carryOut(node, scope, out);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow carryOut(Node node, Scope scope, StringBuilder out) {
        work.charge(1);
        return switch (node) {
            case Node.Data(var text) -> write(text, out);
            case Node.Output(var value) -> write(output(value, scope), out);
            case Node.If(var branches, var otherwise) -> branch(branches, otherwise, scope, out);
            case Node.For loop -> loop(loop, scope, out);
            case Node.Break last -> Flow.BREAK;
            case Node.Continue next -> Flow.CONTINUE;
            case Node.Set(var target, var value, int line) -> {
                assign(target, evaluator.value(value, scope), scope, line);
                yield Flow.NEXT;
            }
            case Node.SetBlock(var target, var filters, var block, int line) -> {
                assign(target, filtered(filters, new Value.Text(text(block, scope.inner())), scope), scope, line);
                yield Flow.NEXT;
            }
            case Node.FilterBlock(var filters, var block) ->
                write(printing.string(filtered(filters, new Value.Text(text(block, scope.inner())), scope)), out);
            case Node.With with -> with(with, scope, out);
            case Node.Scoped(var block) -> write(text(block, scope.inner()), out);
            case Node.Macro(var name, var routine) -> {
                scope.set(name, macro(name, routine, scope));
                yield Flow.NEXT;
            }
            case Node.CallBlock(var call, var block, int line) -> {
                var caller = function("caller", block, scope, Optional.empty());
                write(printing.string(evaluator.callWith(call, caller, scope)), out);
                yield Flow.NEXT;
            }
        };
    }

    private Flow write(String text, StringBuilder out) {
        out.append(work.made(text));
        work.room(out.length());
        return Flow.NEXT;
    }

    private String output(Expression value, Scope scope) {
        try {
            return printing.string(evaluator.value(value, scope));
        } catch (TemplateException e) {
            throw e.in(value.line());
        }
    }

    private Flow branch(List<Node.Branch> branches, List<Node> otherwise, Scope scope, StringBuilder out) {
        for (var branch : branches) {
            if (Printing.truth(evaluator.value(branch.condition(), scope))) {
                return carryOut(branch.body(), scope, out);
            }
        }
        return carryOut(otherwise, scope, out);
    }

    private Flow loop(Node.For loop, Scope scope, StringBuilder out) {
        var items = chosen(loop, scope);
        if (items.isEmpty()) {
            return carryOut(loop.otherwise(), scope.inner(), out);
        }
        for (int i = 0; i < items.size(); i++) {
            work.charge(1);
            var inner = scope.inner();
            inner.set("loop", new Value.Loop(items, i));
            assign(loop.target(), items.get(i), inner, loop.line());
            if (carryOut(loop.body(), inner, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    /** The elements that a loop goes through. */
    private List<Value> chosen(Node.For loop, Scope scope) {
        try {
            var all = Iteration.of(evaluator.value(loop.items(), scope), work);
            if (loop.condition().isEmpty()) {
                return all;
            }
            var chosen = new ArrayList<Value>();
            for (var item : all) {
                var inner = scope.inner();
                assign(loop.target(), item, inner, loop.line());
                if (Printing.truth(evaluator.value(loop.condition().get(), inner))) {
                    chosen.add(item);
                }
            }
            return List.copyOf(chosen);
        } catch (TemplateException e) {
            throw e.in(loop.line());
        }
    }

    private void assign(Target target, Value value, Scope scope, int line) {
        switch (target) {
            case Target.Name(var name) -> scope.set(name, value);
            case Target.Member(var owner, var name) -> {
                if (!(scope.find(owner).orElse(Value.None.NONE) instanceof Namespace namespace)) {
                    throw new TemplateException(
                            line, "'%s.%s' cannot be set: '%s' is no namespace".formatted(owner, name, owner));
                }
                namespace.values().put(member(name, line), value);
            }
            case Target.Several(var targets) -> {
                var items = unpacked(value, line);
                if (items.size() != targets.size()) {
                    throw new TemplateException(
                            line, "%d names are set to %d values".formatted(targets.size(), items.size()));
                }
                for (int i = 0; i < items.size(); i++) {
                    assign(targets.get(i), items.get(i), scope, line);
                }
            }
        }
    }

    private static String member(String name, int line) {
        try {
            return Functions.memberName(name);
        } catch (TemplateException e) {
            throw e.in(line);
        }
    }

    private List<Value> unpacked(Value value, int line) {
        try {
            return Iteration.of(value, work);
        } catch (TemplateException e) {
            throw e.in(line);
        }
    }

    private Value filtered(List<Node.Filter> filters, Value text, Scope scope) {
        var value = text;
        for (var filter : filters) {
            value = evaluator.filtered(value, filter, scope);
        }
        return value;
    }

    private Flow with(Node.With with, Scope scope, StringBuilder out) {
        var inner = scope.inner();
        for (var set : with.values()) {
            assign(set.target(), evaluator.value(set.value(), scope), inner, set.line());
        }
        return carryOut(with.body(), inner, out);
    }

    private Value.Function macro(String name, Node.Routine routine, Scope scope) {
        return new Value.Function(name, arguments -> {
            var caller = Optional.ofNullable(arguments.named().get("caller"));
            if (caller.isPresent() && !routine.callsBack()) {
                throw new TemplateException("the macro '%s' makes no use of 'caller'".formatted(name));
            }
            return function(name, routine, scope, caller).body().call(arguments);
        });
    }

    /** Something to be called that writes a text; the scope is that of its place in the template. */
    private Value.Function function(String name, Node.Routine routine, Scope place, Optional<Value> caller) {
        return new Value.Function(
                name,
                arguments -> work.call(() -> {
                    var scope = place.inner();
                    if (routine.callsBack()) {
                        scope.set("caller", caller.orElse(new Value.Undefined("nobody calls with a body")));
                    }
                    var given = new LinkedHashMap<>(arguments.named());
                    given.remove("caller");
                    bind(routine, new Arguments(name, arguments.positional(), given), scope);
                    return new Value.Text(text(routine.body(), scope));
                }));
    }

    private void bind(Node.Routine routine, Arguments arguments, Scope scope) {
        var names = routine.parameters().stream().map(Node.Parameter::name).toArray(String[]::new);
        var bound = arguments.bind(names);
        for (var parameter : routine.parameters()) {
            var value = bound.optional(parameter.name());
            scope.set(
                    parameter.name(),
                    value.isPresent()
                            ? value.get()
                            : parameter
                                    .absent()
                                    .map(absent -> evaluator.value(absent, scope))
                                    .orElseGet(() -> new Value.Undefined("the argument '%s' of %s was not given"
                                            .formatted(parameter.name(), arguments.function()))));
        }
    }
}
