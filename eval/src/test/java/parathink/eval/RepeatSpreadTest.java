package parathink.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    void oneRepeatHasNoneAndARepeatThatWasInterruptedDoesNotCount() {
        assertThat(RepeatSpread.of(lines(new boolean[] {true, false}))).isEmpty();
        assertThat(RepeatSpread.of(lines(new boolean[] {true, false}, new boolean[] {true})))
                .isEmpty();
    }
}
