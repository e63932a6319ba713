package parathink.datasets.math;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.util.List;
import parathink.datasets.math.Scalar.Exact;

/** Works a formula out at one point. Confined to the thread that made it. */
final class Evaluator {
    private static final long ENOUGH_BITS = 3_000;

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
        if (base instanceof Exact(var value)
                && exponent instanceof Exact(var power)
                && power.isInteger()
                && !point.isEmpty()
                && longer(value, power)) {
            return Scalar.of(base.complex()).power(exponent, point.signed());
        }
        return costly(base.power(exponent, point.signed()));
    }

    private static boolean longer(Rational base, Rational power) {
        long bits = (long) base.numerator().bitLength() + base.denominator().bitLength();
        return power.numerator().bitLength() > 20
                || bits * Math.abs(power.numerator().longValue()) > ENOUGH_BITS;
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
        if (function.discrete()) {
            effort.spend(values.getFirst()
                    .whole()
                    .map(n -> n.bitLength() > 12 ? 0 : n.intValue())
                    .orElse(0));
        }
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

    /**
     * Long exact numbers count more, for the common divisors that are taken out of them. At a point that stands for any
     * other, exactness is worth no more than {@link #ENOUGH_BITS}.
     */
    private Scalar costly(Scalar value) {
        if (value instanceof Exact(var exact)) {
            int bits = exact.numerator().bitLength() + exact.denominator().bitLength();
            if (bits > ENOUGH_BITS && !point.isEmpty()) {
                return Scalar.of(value.complex());
            }
            int thousands = bits / 1_000;
            effort.spend(exact.isInteger() ? thousands : thousands * thousands);
        }
        return value;
    }
}
