package parathink.datasets.math;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parathink.datasets.math.Value.Quantity;

/**
 * Intervals of the real line, sorted and joined where their ends are numbers; ends with variables are kept as written.
 *
 * @param spans disjoint intervals in order
 */
record Region(List<Span> spans) {
    static final Region LINE = new Region(List.of(new Span(Bound.UNBOUNDED, Bound.UNBOUNDED)));

    /** One end of an interval; no value means that it goes on for ever. */
    record Bound(Optional<Quantity> value, boolean closed) {
        static final Bound UNBOUNDED = new Bound(Optional.empty(), false);

        static Bound at(Quantity value, boolean closed) {
            return new Bound(Optional.of(value), closed);
        }

        boolean numeric() {
            return value.isEmpty() || position().isPresent();
        }

        Optional<BigDecimal> position() {
            return value.flatMap(quantity -> quantity.samples().value()).flatMap(Scalar::real);
        }
    }

    record Span(Bound low, Bound high) {
        boolean numeric() {
            return low.numeric() && high.numeric();
        }

        /** A single number, such as {@code {3}} among intervals. */
        boolean isPoint() {
            return low.closed && high.closed && low.position().isPresent() && order(low, high) == 0;
        }

        private boolean isEmpty() {
            if (low.value.isEmpty() || high.value.isEmpty()) {
                return false;
            }
            int order = order(low, high);
            return order > 0 || (order == 0 && !(low.closed && high.closed));
        }
    }

    Region {
        spans = spans.stream().allMatch(Span::numeric) ? joined(spans) : List.copyOf(spans);
    }

    static Region of(Bound low, Bound high) {
        return new Region(List.of(new Span(low, high)));
    }

    static Region point(Quantity value) {
        return of(Bound.at(value, true), Bound.at(value, true));
    }

    Region union(Region other) {
        var all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return new Region(all);
    }

    Region intersection(Region other) {
        needNumbers();
        other.needNumbers();
        var common = new ArrayList<Span>();
        for (var mine : spans) {
            for (var its : other.spans) {
                common.add(new Span(higher(mine.low, its.low), lower(mine.high, its.high)));
            }
        }
        return new Region(common);
    }

    Region complement() {
        needNumbers();
        var gaps = new ArrayList<Span>();
        var from = Bound.UNBOUNDED;
        for (var span : spans) {
            if (span.low.value.isPresent()) {
                gaps.add(new Span(from, new Bound(span.low.value, !span.low.closed)));
            }
            if (span.high.value.isEmpty()) {
                return new Region(gaps);
            }
            from = new Bound(span.high.value, !span.high.closed);
        }
        gaps.add(new Span(from, Bound.UNBOUNDED));
        return new Region(gaps);
    }

    private void needNumbers() {
        if (!spans.stream().allMatch(Span::numeric)) {
            throw new Unreadable("an interval whose ends are not numbers");
        }
    }

    private static List<Span> joined(List<Span> spans) {
        var sorted = spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted(Comparator.comparing(Span::low, Region::orderLow))
                .toList();
        var joined = new ArrayList<Span>();
        for (var span : sorted) {
            if (!joined.isEmpty() && touches(joined.getLast(), span)) {
                var last = joined.removeLast();
                joined.add(new Span(last.low, farther(last.high, span.high)));
            } else {
                joined.add(span);
            }
        }
        return List.copyOf(joined);
    }

    private static boolean touches(Span first, Span next) {
        if (first.high.value.isEmpty() || next.low.value.isEmpty()) {
            return true;
        }
        int order = order(next.low, first.high);
        return order < 0 || (order == 0 && (next.low.closed || first.high.closed));
    }

    private static int order(Bound a, Bound b) {
        return a.position().orElseThrow().compareTo(b.position().orElseThrow());
    }

    private static int orderLow(Bound a, Bound b) {
        if (a.value.isEmpty() || b.value.isEmpty()) {
            return Boolean.compare(a.value.isPresent(), b.value.isPresent());
        }
        int order = order(a, b);
        return order != 0 ? order : Boolean.compare(b.closed, a.closed);
    }

    private static Bound farther(Bound a, Bound b) {
        return lower(a, b).equals(a) ? b : a;
    }

    private static Bound lower(Bound a, Bound b) {
        if (a.value.isEmpty() || b.value.isEmpty()) {
            return a.value.isEmpty() ? b : a;
        }
        int order = order(a, b);
        return order < 0 || (order == 0 && !a.closed) ? a : b;
    }

    private static Bound higher(Bound a, Bound b) {
        if (a.value.isEmpty() || b.value.isEmpty()) {
            return a.value.isEmpty() ? b : a;
        }
        int order = order(a, b);
        return order > 0 || (order == 0 && !a.closed) ? a : b;
    }
}
