package parathink.eval.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.pool.BesideMajority.Size;
import parathink.models.Usage;

final class BesideMajorityTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** One problem may begin four completions of 10 tokens, the other two of 30: 50 a problem. */
    private static final PoolMajority MAJORITY = new PoolMajority(
            Map.of(
                    "a", new PoolMajority.Curve(List.of(0.0, 0.0, 0.5, 1.0), 10),
                    "b", new PoolMajority.Curve(List.of(1.0, 1.0), 30)),
            2);

    @Test
    void problemsOfUnequalSizeAreMeasuredByTheTokensThatTheyHave() {
        var beside = BesideMajority.of(run("a", "b"), MAJORITY).orElseThrow();

        var finished = beside.baselines().get(0);
        assertThat(finished.size()).isEqualTo(Size.FINISHED);
        assertThat(finished.accuracy()).isEqualTo(0.5); // of two: never right, always right
        assertThat(finished.work()).isEqualTo(40); // 20 and 60
        assertThat(finished.difference().value()).isEqualTo(0.5);
        var same = beside.baselines().get(1);
        assertThat(same.size()).isEqualTo(Size.SAME_WORK);
        assertThat(same.completions()).isCloseTo(3, EXACT); // 30 and 60 are 45 a problem, as the run
        assertThat(same.accuracy()).isCloseTo(0.75, EXACT);
        var all = beside.baselines().get(2);
        assertThat(all.size()).isEqualTo(Size.ALL);
        assertThat(all.completions()).isEqualTo(4);
        assertThat(all.work()).isEqualTo(50);
        assertThat(all.difference().value()).isEqualTo(0);
        assertThat(beside.saved()).isCloseTo(0.1, EXACT); // 45 of 50
        assertThat(beside.judged()).isEqualTo(12);
    }

    @Test
    void theCurveGoesOnWhereOneProblemHasNoMore() {
        var beside = BesideMajority.of(run("a", "b"), MAJORITY).orElseThrow();

        assertThat(beside.curve())
                .containsExactly(
                        new BesideMajority.Point(1, 0.5, 20),
                        new BesideMajority.Point(2, 0.5, 40),
                        new BesideMajority.Point(3, 0.75, 45),
                        new BesideMajority.Point(4, 1.0, 50));
    }

    @Test
    void oneProblemIsTooFewToCompare() {
        assertThat(BesideMajority.of(run("a", "c"), MAJORITY)).isEmpty();
    }

    /** Attempts that are right, of 45 tokens, whose judge reads 12. */
    private static RunDirectory run(String... problems) {
        var usage = new Usage(7, 0, 45, 45, 12, 0, 1);
        var lines = List.of(problems).stream().map(id -> line(id, usage)).toList();
        return new RunDirectory(Path.of("r"), Lines.run(RunRecord.Status.COMPLETE, 2, 1), lines, Map.of(), List.of());
    }

    private static ProblemLine line(String id, Usage usage) {
        return Lines.problem(id, 0, Optional.of("1"), Optional.of("1"), true, true, usage);
    }
}
