package parathink.datasets.math;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigInteger;
import java.util.List;
import parathink.datasets.math.Scalar.Exact;

/** Works a formula out at one point. Confined to the thread that made it. */
final class Evaluator {
    private final Point point;
    private final Effort effort;

    Evaluator(Point point, Effort effort) {
        this.point = point;
        this.effort = effort;
    }

    /**
     * The value of the formula.
     *
     * @throws Unreadable where it is undefined or too large
     */
    Scalar of(Expression formula) {
        effort.spend(1);
        return switch (formula) {
            case Expression.Literal(var value, int _) -> new Exact(value);
            case Expression.Based(String _, int _, var value) -> new Exact(value);
            case Expression.Variable(var name) -> new Exact(point.of(name));
            case Expression.Sum(var terms) -> sum(terms);
            case Expression.Product(var factors) -> product(factors);
            case Expression.Negative(var of) -> of(of).negate();
            case Expression.Quotient(var numerator, var denominator) ->
                of(numerator).over(costly(of(denominator)));
            case Expression.Power(var base, var exponent) -> power(of(base), of(exponent));
            case Expression.Root(int degree, var radicand) -> root(of(radicand), degree);
            case Expression.Call(var function, var arguments) -> call(function, arguments);
            case Expression.Degrees(var of) -> of(of);
            case Expression.Percent(var of) -> of(of).times(new Exact(Rational.PERCENT));
            case Expression.Constant constant -> constant(constant);
            case Expression.EitherSign _ -> throw new Unreadable("a sign that is not chosen");
            case Expression.Compound _ -> throw new Unreadable("not a number");
        };
    }

    private Scalar sum(List<Expression> terms) {
        var sum = of(terms.getFirst());
        for (var term : terms.subList(1, terms.size())) {
            sum = costly(sum.plus(of(term)));
        }
        return sum;
    }

    private Scalar product(List<Expression> factors) {
        var product = of(factors.getFirst());
        for (var factor : factors.subList(1, factors.size())) {
            product = costly(product.times(of(factor)));
        }
        return product;
    }

    private Scalar power(Scalar base, Scalar exponent) {
        var whole = exponent instanceof Exact(var power) && power.isInteger();
        effort.spend(whole ? 10 : Effort.FUNCTION);
        if (whole && base instanceof Exact && !point.isEmpty()) {
            try {
                return costly(base.power(exponent, point.signed()));
            } catch (Unreadable tooLong) {
                return Scalar.of(base.complex()).power(exponent, point.signed());
            }
        }
        return costly(base.power(exponent, point.signed()));
    }

    private Scalar root(Scalar radicand, int degree) {
        effort.spend(degree == 2 ? 10 : Effort.FUNCTION);
        return radicand.root(degree, point.signed());
    }

    private Scalar call(Function function, List<Expression> arguments) {
        effort.spend(Effort.FUNCTION);
        var values = arguments.stream()
                .map(argument -> function.trigonometric() ? angle(argument) : of(argument))
                .toList();
        return costly(Elementary.apply(function, values, point.signed()));
    }

    private Scalar angle(Expression argument) {
        if (!(argument instanceof Expression.Degrees(var degrees))) {
            return of(argument);
        }
        var turn = Scalar.of(BigDecimalMath.pi(Scalar.PRECISION));
        return of(degrees).times(turn).over(new Exact(Rational.of(180)));
    }

    private static Scalar constant(Expression.Constant constant) {
        return switch (constant) {
            case PI -> Scalar.of(BigDecimalMath.pi(Scalar.PRECISION));
            case E -> Scalar.of(BigDecimalMath.e(Scalar.PRECISION));
            case I -> Scalar.of(BigComplex.I);
            case INFINITY -> throw new Unreadable("infinite");
        };
    }

    /** Long exact numbers count more, by their length. */
    private Scalar costly(Scalar value) {
        if (value instanceof Exact(var exact)) {
            effort.spend((length(exact.numerator()) + length(exact.denominator())) / 512);
        }
        return value;
    }

    private static int length(BigInteger number) {
        return number.bitLength();
    }
}
