package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parathink.datasets.math.Expression.Compound;
import parathink.datasets.math.Value.Named;
import parathink.datasets.math.Value.Order;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Several;
import parathink.datasets.math.Value.Words;

/** Reads a whole answer: statements with their relations, units and words, alone or in a list. Confined to one parse. */
final class StatementParser {
    private static final List<String> EQUAL = List.of("=", "≈");
    private static final List<String> UNEQUAL = List.of("<", ">", "≤", "≥", "≠");
    private static final List<String> RELATIONS = List.of("=", "≈", "<", ">", "≤", "≥", "≠", "∈");
    private static final List<String> UNIONS = SetOperation.SIGNS;
    private static final Set<String> FILLERS = Set.of(
            "approximately", "about", "roughly", "around", "exactly", "only", "nearly", "either", "both", "USD", "Rs");
    private static final Set<String> COPULAS = Set.of("is", "are", "equals", "be");
    private static final List<String> THOUSANDS = List.of("hundred", "thousand", "million", "billion", "trillion");
    private static final int MAX_WORDS = 40;
    private static final int MAX_ITEMS = 2_000;

    private final Cursor cursor;
    private final Effort effort;
    private final FormulaParser formulas;

    StatementParser(Cursor cursor, Effort effort, FormulaParser formulas) {
        this.cursor = cursor;
        this.effort = effort;
        this.formulas = formulas;
    }

    /** One statement, and whether it was an inequality. */
    private record Statement(Value value, boolean condition) {}

    /** The whole text; what is left over makes it unreadable. */
    Value answer() {
        var value = conditions();
        if (!cursor.atEnd()) {
            throw new Unreadable("left over: " + cursor.next());
        }
        return value;
    }

    /** Statements with commas, "and" or "or" between them. */
    Value conditions() {
        var statements = new ArrayList<Statement>();
        boolean or = false;
        do {
            if (cursor.atEnd() && !statements.isEmpty()) {
                break; // a comma at the end
            }
            statements.add(statement());
            or |= cursor.is(Symbols.OR) || (cursor.is(",") && cursor.peek(1).is(Symbols.OR));
            if (statements.size() > MAX_ITEMS) {
                throw new Unreadable("too many items");
            }
        } while (separator());
        return statements.size() == 1 ? statements.getFirst().value() : combined(statements, or);
    }

    private boolean separator() {
        boolean any = false;
        while (cursor.takeAny(List.of(",", ";", Symbols.AND, Symbols.OR, "\\\\"))
                .isPresent()) {
            any = true;
        }
        return any;
    }

    private static Value combined(List<Statement> statements, boolean or) {
        var regions = statements.stream()
                .map(statement -> statement.value() instanceof Value.Range(var region)
                        ? Optional.of(region)
                        : Optional.<Region>empty())
                .toList();
        if (regions.stream().allMatch(Optional::isPresent)) {
            var all = regions.stream().map(Optional::orElseThrow).toList();
            if (!or && statements.stream().allMatch(Statement::condition)) {
                var common = all.stream().reduce(Region::intersection).orElseThrow();
                if (!common.spans().isEmpty()) {
                    return new Value.Range(common);
                }
            }
            return new Value.Range(all.stream().reduce(Region::union).orElseThrow());
        }
        return new Several(
                Order.LIST,
                statements.stream()
                        .flatMap(statement -> items(statement.value()).stream())
                        .toList());
    }

    private static List<Value> items(Value value) {
        return value instanceof Several(var order, var items) && order == Order.LIST ? items : List.of(value);
    }

    private Statement statement() {
        skipFillers();
        if (cursor.next() instanceof Token.Word) {
            return new Statement(worded(), false);
        }
        var sides = new ArrayList<Expression>();
        var relations = new ArrayList<String>();
        sides.add(side());
        while (cursor.isAny(RELATIONS)) {
            relations.add(cursor.takeAny(RELATIONS).orElseThrow());
            skipFillers();
            sides.add(cursor.next() instanceof Token.Word ? new Compound(words()) : side());
        }
        if (relations.isEmpty()) {
            return new Statement(value(sides.getFirst()), false);
        }
        if (relations.stream().allMatch(EQUAL::contains)) {
            return new Statement(equation(exactSides(sides, relations)), false);
        }
        if (relations.stream().allMatch(UNEQUAL::contains)) {
            return new Statement(new Conditions(effort).of(sides, relations), true);
        }
        if (relations.equals(List.of("∈"))) {
            return new Statement(value(sides.getLast()), true);
        }
        throw new Unreadable("mixed relations");
    }

    /** Without the roundings at the end of {@code √2 ≈ 1.41}; what is only known roughly stays. */
    private static List<Expression> exactSides(List<Expression> sides, List<String> relations) {
        int last = sides.size() - 1;
        while (last > 0
                && relations.get(last - 1).equals("≈")
                && Names.of(sides.get(last - 1)).isEmpty()
                && Names.variables(sides.get(last - 1)).isEmpty()) {
            last--;
        }
        return sides.subList(0, last + 1);
    }

    private void skipFillers() {
        while (cursor.next() instanceof Token.Word(var word) && FILLERS.contains(word.strip())) {
            effort.spend(1);
            cursor.take();
        }
    }

    /** Words alone, or words that name what follows: {@code Area = 5}, {@code The result is 5}. */
    private Value worded() {
        int start = cursor.position();
        boolean copula = false;
        while (cursor.next() instanceof Token.Word(var word)) {
            effort.spend(1);
            copula = COPULAS.contains(word.strip().substring(word.strip().lastIndexOf(' ') + 1));
            cursor.take();
        }
        boolean names = cursor.take("=") || cursor.take(":") || copula;
        if (names && !cursor.atEnd()) {
            return statement().value();
        }
        cursor.back(start);
        return meant(words());
    }

    /** Words alone, some of which name a set. */
    private Value meant(Words words) {
        return switch (words.text()) {
            case "all real numbers", "all reals", "real numbers", "any real number" -> new Value.Range(Region.LINE);
            case "no solution", "no solutions", "empty set", "the empty set" -> new Several(Order.SET, List.of());
            default -> words;
        };
    }

    Words words() {
        var text = new StringBuilder();
        for (int count = 0; cursor.next() instanceof Token.Word(var word); count++) {
            if (count > MAX_WORDS) {
                throw new Unreadable("too many words");
            }
            text.append(' ').append(word);
            cursor.take();
        }
        return new Words(Wording.normal(text.toString()));
    }

    private Value value(Expression formula) {
        var values = Values.all(formula, effort);
        return values.size() == 1 ? values.getFirst() : new Several(Order.LIST, values);
    }

    private Value equation(List<Expression> sides) {
        var first = sides.getFirst();
        var last = sides.getLast();
        if (sides.size() == 1) {
            return value(last);
        }
        var name = Names.of(first);
        if (sides.size() > 2) {
            return name.<Value>map(n -> new Named(n, value(last), Optional.empty()))
                    .orElseGet(() -> value(last));
        }
        var difference = new Expression.Sum(List.of(first, new Expression.Negative(last)));
        boolean scalar = !Values.holdsCompound(difference) && !Values.undecided(difference);
        if (name.isPresent()) {
            return new Named(name.get(), value(last), scalar ? Optional.of(difference) : Optional.empty());
        }
        if (!scalar) {
            throw new Unreadable("an equation between things that are no numbers");
        }
        if (Names.variables(first).isEmpty()) {
            var turned = Names.of(last);
            return turned.<Value>map(n -> new Named(n, value(first), Optional.of(difference)))
                    .orElseGet(() -> Names.variables(last).isEmpty() ? value(last) : new Value.Equation(difference));
        }
        return new Value.Equation(difference);
    }

    /** A formula, a ratio of formulas, or a union of sets, with the unit that may follow. */
    private Expression side() {
        var first = formulas.formula();
        if (cursor.is(":")) {
            return ratio(first);
        }
        if (cursor.isAny(UNIONS)) {
            return union(first);
        }
        return withUnit(first);
    }

    private Expression ratio(Expression first) {
        var terms = new ArrayList<Quantity>();
        terms.add(Quantity.of(first, effort));
        while (cursor.take(":")) {
            terms.add(Quantity.of(formulas.formula(), effort));
        }
        return new Compound(new Value.Ratio(terms));
    }

    private Expression union(Expression first) {
        var all = Values.of(first, effort);
        while (cursor.isAny(UNIONS)) {
            var sign = cursor.takeAny(UNIONS).orElseThrow();
            all = SetOperation.of(sign).on(all, Values.of(formulas.formula(), effort));
        }
        return new Compound(all);
    }

    /** The formula with the words after it taken as its unit; a unit that is not known only goes. */
    Expression withUnit(Expression formula) {
        if (!(cursor.next() instanceof Token.Word)) {
            return formula;
        }
        var words = new StringBuilder();
        boolean more = true;
        for (int count = 0; more && count < MAX_WORDS; count++) {
            effort.spend(1);
            switch (cursor.next()) {
                case Token.Word(var word) ->
                    words.append(words.isEmpty() ? "" : " ").append(word);
                case Token.Mark(var sign) when "/^*-".contains(sign) && !sign.isEmpty() -> words.append(sign);
                case Token.Name(var name, boolean _) when words.toString().endsWith("/") -> words.append(name);
                case Token.Numeral(var digits, var _, int _, boolean _)
                when words.toString().endsWith("^") -> words.append(digits);
                case Token.Mark(var sign)
                when sign.equals("{") && words.toString().endsWith("^") -> {
                    cursor.take();
                    if (!(cursor.take() instanceof Token.Numeral power) || !cursor.is("}")) {
                        throw new Unreadable("a unit's power");
                    }
                    words.append(power.digits());
                }
                case Token.Mark _, Token.Name _, Token.Numeral _, Token.Command _ -> more = false;
            }
            if (more) {
                cursor.take();
            }
        }
        if (Values.undecided(formula) || Values.holdsCompound(formula)) {
            return formula;
        }
        return Values.of(multiplied(formula, words), effort) instanceof Quantity quantity
                ? new Compound(quantity.in(Unit.of(words.toString())))
                : formula;
    }

    /** {@code 5 million} is a number; its word is taken off the unit. */
    private static Expression multiplied(Expression formula, StringBuilder words) {
        for (int power = 0; power < THOUSANDS.size(); power++) {
            var word = THOUSANDS.get(power);
            if (words.toString().strip().equals(word)
                    || words.toString().strip().startsWith(word + " ")) {
                words.delete(0, words.indexOf(word) + word.length());
                var size = Rational.of(java.math.BigInteger.TEN.pow(power == 0 ? 2 : 3 * power));
                return new Expression.Product(List.of(formula, new Expression.Literal(size, 0)));
            }
        }
        return formula;
    }
}
