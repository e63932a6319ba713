package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.ScriptedModel;

/** What a strategy promises besides that only draws completions of one prompt, three at most in its contract. */
abstract class DrawingContract extends StrategyContract {
    @Test
    void paysForItsPromptOnce() {
        assertThat(Solved.by(strategy(), new ScriptedModel(scripts()), Budget.UNLIMITED)
                        .usage()
                        .prefill())
                .isEqualTo("Q: two and two?\nA: ".length());
    }

    @Test
    void aReplayOfRecordedCompletionsIsTheTwinOfTheLiveRun(@TempDir Path folder) throws IOException {
        var pool = ScriptedPool.of(folder, GREEDY, "it is = a", "so = b", "well = a", "then = b");

        var live = Solved.by(strategy(), pool.live(), Budget.UNLIMITED);
        var replayed = Solved.by(strategy(), pool.engine(), Budget.UNLIMITED);

        assertThat(replayed.outcome()).isEqualTo(live.outcome());
        assertThat(replayed.usage().work()).isEqualTo(live.usage().work());
        assertThat(replayed.usage().span()).isEqualTo(live.usage().span());
        assertThat(replayed.usage().calls()).isEqualTo(live.usage().calls());
        assertThat(endings(replayed)).isEqualTo(endings(live));
    }

    @Test
    void aReplayNeverSpendsMoreThanItsBudget(@TempDir Path folder) throws IOException {
        var pool = ScriptedPool.of(folder, GREEDY, "it is = a", "so = b", "well = a", "then = b");
        for (int tokens : new int[] {1, 7, 20, 50}) {
            var solved = Solved.by(strategy(), pool.engine(), new Budget(tokens));
            assertThat(solved.usage().work()).isLessThanOrEqualTo(tokens);
        }
    }

    private static List<String> endings(Solved solved) {
        return solved.completions().stream()
                .map(completion -> "%s %s %d %s"
                        .formatted(completion.path(), completion.finish(), completion.tokens(), completion.stoppedBy()))
                .toList();
    }
}
