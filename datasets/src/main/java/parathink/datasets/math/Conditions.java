package parathink.datasets.math;

import java.util.List;
import java.util.Optional;
import parathink.datasets.math.Value.Quantity;

/** Reads inequalities: as an interval where one unknown can be set free, else as the inequality itself. */
final class Conditions {
    private final Effort effort;

    Conditions(Effort effort) {
        this.effort = effort;
    }

    Value of(List<Expression> sides, List<String> relations) {
        var region = Region.LINE;
        for (int i = 0; i < relations.size(); i++) {
            var link = region(sides.get(i), relations.get(i), sides.get(i + 1));
            if (link.isPresent()) {
                region = region.intersection(link.get());
            } else if (relations.size() == 1) {
                return inequality(sides.getFirst(), relations.getFirst(), sides.getLast());
            } else {
                throw new Unreadable("a chain of inequalities without one unknown");
            }
        }
        return new Value.Range(region);
    }

    private static Value inequality(Expression left, String relation, Expression right) {
        var greater = relation.equals(">") || relation.equals("≥");
        var more = greater ? left : right;
        var less = greater ? right : left;
        if (relation.equals("≠") || Values.holdsCompound(left) || Values.holdsCompound(right)) {
            throw new Unreadable("an inequality between things that are no numbers");
        }
        var difference = new Expression.Sum(List.of(more, new Expression.Negative(less)));
        return new Value.Inequality(difference, relation.equals("<") || relation.equals(">"));
    }

    private Optional<Region> region(Expression left, String relation, Expression right) {
        if (Names.of(left).isPresent() && Names.variables(right).isEmpty()) {
            return Optional.of(half(relation, right));
        }
        if (Names.of(right).isPresent() && Names.variables(left).isEmpty()) {
            return Optional.of(half(turned(relation), left));
        }
        return solved(left, relation, right);
    }

    /** One unknown, with a rational solution where both sides are equal. */
    private Optional<Region> solved(Expression left, String relation, Expression right) {
        var difference = new Expression.Sum(List.of(left, new Expression.Negative(right)));
        var variables = Names.variables(difference);
        if (variables.size() != 1 || Values.holdsCompound(difference)) {
            return Optional.empty();
        }
        var unknown = variables.iterator().next();
        var samples = Samples.of(difference, effort);
        var first = exact(samples, Point.POSITIVE_1);
        var second = exact(samples, Point.POSITIVE_2);
        var third = exact(samples, Point.NEGATIVE);
        if (first.isEmpty() || second.isEmpty() || third.isEmpty()) {
            return Optional.empty();
        }
        var x = Point.POSITIVE_1.of(unknown);
        var slope = first.get()
                .plus(second.get().negate())
                .over(x.plus(Point.POSITIVE_2.of(unknown).negate()));
        if (slope.signum() == 0) {
            return Optional.empty();
        }
        var zero = x.plus(first.get().over(slope).negate());
        boolean straight =
                slope.times(Point.NEGATIVE.of(unknown).plus(zero.negate())).equals(third.get());
        if (!straight) {
            return Optional.empty();
        }
        var end = new Expression.Literal(zero.abs(), -1);
        return Optional.of(half(
                slope.signum() > 0 ? relation : turned(relation),
                zero.signum() < 0 ? new Expression.Negative(end) : end));
    }

    private static Optional<Rational> exact(Samples samples, Point point) {
        return samples.at(point)
                .flatMap(value -> value instanceof Scalar.Exact(var exact) ? Optional.of(exact) : Optional.empty());
    }

    /** The numbers that stand in this relation to the end. */
    private Region half(String relation, Expression end) {
        if (Values.infinite(end)) {
            return Region.LINE;
        }
        if (!(Values.of(end, effort) instanceof Quantity at)) {
            throw new Unreadable("an end that is no number");
        }
        var bound = Region.Bound.at(at, relation.equals("≤") || relation.equals("≥"));
        return switch (relation) {
            case "<", "≤" -> Region.of(Region.Bound.UNBOUNDED, bound);
            case ">", "≥" -> Region.of(bound, Region.Bound.UNBOUNDED);
            default -> Region.point(at).complement();
        };
    }

    private static String turned(String relation) {
        return switch (relation) {
            case "<" -> ">";
            case ">" -> "<";
            case "≤" -> "≥";
            case "≥" -> "≤";
            default -> relation;
        };
    }
}
