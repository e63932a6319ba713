package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.eval.comparison.Interval;
import parathink.eval.pool.BesideMajority;
import parathink.eval.pool.BesideMajority.Baseline;
import parathink.eval.pool.BesideMajority.Size;

final class MajorityTextTest {
    @Test
    void eachMajorityIsALineWithWhatTheRunHasMore() {
        var difference = new Interval(0.25, -0.5, 0.75, Interval.Method.BOOTSTRAP);
        var figures = new BesideMajority(
                2,
                List.of(
                        new Baseline(Size.FINISHED, 2, 0.5, 40, difference),
                        new Baseline(Size.SAME_WORK, 2.96, 0.75, 45, difference),
                        new Baseline(Size.ALL, 4, 1, 50, difference)),
                List.of(),
                0.1,
                12);

        assertThat(new MajorityText(figures).text().lines())
                .containsExactly(
                        "plain majority of the pool, all subsets      accuracy     work  this run less it",
                        "  of 2, as many as finish here                 50.0 %       40  +25.0 [-50.0, +75.0]",
                        "  at the same work, of 3.0                     75.0 %       45  +25.0 [-50.0, +75.0]",
                        "  of all 4                                    100.0 %       50  +25.0 [-50.0, +75.0]",
                        "this run decodes 10.0 % less than all of them; its judge reads 12 tokens a problem");
    }
}
