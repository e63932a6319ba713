package parathink.eval.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;

final class RepeatSpreadTest {
    private static List<ProblemLine> lines(boolean[]... repeats) {
        var lines = new ArrayList<ProblemLine>();
        for (int repeat = 0; repeat < repeats.length; repeat++) {
            for (int problem = 0; problem < repeats[repeat].length; problem++) {
                lines.add(Lines.problem("p" + problem, repeat, "1", "1", repeats[repeat][problem]));
            }
        }
        return lines;
    }

    @Test
    void isTheSpreadOfTheRepeatsAccuracies() {
        var spread = RepeatSpread.of(lines(
                        new boolean[] {true, true, true, true},
                        new boolean[] {true, false, false, false},
                        new boolean[] {true, true, false, false},
                        new boolean[] {true, true, true, false}))
                .orElseThrow();
        // accuracies 1, 1/4, 1/2, 3/4: mean 5/8, squares 2 (3/8)^2 + 2 (1/8)^2 = 20/64, over 3
        assertThat(spread.repeats()).isEqualTo(4);
        assertThat(spread.lowest()).isEqualTo(0.25);
        assertThat(spread.median()).isEqualTo(0.625);
        assertThat(spread.highest()).isEqualTo(1);
        assertThat(spread.deviation()).isCloseTo(Math.sqrt(20.0 / 64 / 3), within(1e-15));
    }

    @Test
    void aFailedProblemWithoutAReferenceCountsAsWrong() {
        var lines = lines(new boolean[] {true, true}, new boolean[] {true});
        var failed = Lines.failed("p1", 1, "no room");
        lines.add(new ProblemLine(
                "p1",
                1,
                failed.status(),
                failed.answer(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                failed.usage(),
                failed.finish(),
                failed.error(),
                failed.notes(),
                Optional.empty(),
                Optional.empty()));

        var cell = SweepCell.of(Path.of("run"), "sample", Map.of(), lines, List.of("p0", "p1"));

        assertThat(cell.problems()).containsExactly("p0", "p1");
        assertThat(cell.right()).containsExactly(1.0, 0.5); // p1 right once of two attempts
        assertThat(cell.repeats().orElseThrow().lowest()).isEqualTo(0.5);
    }

    @Test
    void aSweepIsOfTheSameProblemsAndNotOfAsMany() {
        var here = SweepCell.of(
                Path.of("here"), "sample", Map.of(), lines(new boolean[] {true, true}), List.of("p0", "p1"));
        var there = SweepCell.of(
                Path.of("there"),
                "sample",
                Map.of(),
                List.of(Lines.problem("p0", 0, "1", "1", true), Lines.problem("p2", 0, "1", "1", true)),
                List.of("p0", "p2"));

        assertThatThrownBy(() -> new Sweep(List.of(here, there))).hasMessageContaining("must be of the same problems");
    }

    @Test
    void oneRepeatHasNoneAndARepeatThatWasInterruptedDoesNotCount() {
        assertThat(RepeatSpread.of(lines(new boolean[] {true, false}))).isEmpty();
        assertThat(RepeatSpread.of(lines(new boolean[] {true, false}, new boolean[] {true})))
                .isEmpty();
    }
}
