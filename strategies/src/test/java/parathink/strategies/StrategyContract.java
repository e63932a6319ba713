package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.FinishReason;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;

/** What every strategy promises, whatever it does; a test of a strategy extends it. */
abstract class StrategyContract {
    static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 200);

    /** The strategy, with settings under which it draws three completions at most. */
    abstract Strategy strategy();

    private static ScriptedModel model() {
        return new ScriptedModel("it is = a", "so = b", "well = a");
    }

    @Test
    void neverSpendsMoreThanItsBudget() {
        for (int tokens : new int[] {1, 7, 20, 50}) {
            var solved = Solved.by(strategy(), model(), new Budget(tokens));
            assertThat(solved.usage().work()).isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void answersWithWhatItHasWhenTheBudgetIsSpent() {
        var solved = Solved.by(strategy(), model(), new Budget(1));
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(solved.completions()).allMatch(completion -> completion.finish() == FinishReason.BUDGET);
    }

    @Test
    void theBillIsTheSumOfItsCompletions() {
        var solved = Solved.by(strategy(), model(), Budget.UNLIMITED);
        assertThat(solved.usage().work())
                .isEqualTo(solved.completions().stream()
                        .mapToLong(completion -> completion.tokens())
                        .sum());
        assertThat(solved.usage().calls()).isEqualTo(solved.completions().size());
    }

    @Test
    void paysForItsPromptOnce() {
        assertThat(Solved.by(strategy(), model(), Budget.UNLIMITED).usage().prefill())
                .isEqualTo("Q: two and two?\nA: ".length());
    }

    @Test
    void leavesNoCacheOpen() {
        var model = model();
        Solved.by(strategy(), model, Budget.UNLIMITED);
        assertThat(model.openCaches()).isZero();
    }

    @Test
    void sameSeedSameOutcomeAndSameBill() {
        assertThat(Solved.by(strategy(), model(), Budget.UNLIMITED))
                .isEqualTo(Solved.by(strategy(), model(), Budget.UNLIMITED));
    }

    @Test
    void givesNoAnswerWhereThereIsNone() {
        var solved = Solved.by(strategy(), "no", "nothing", "none");
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(solved.outcome().votes()).isEmpty();
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
                        .formatted(
                                completion.path(),
                                completion.finish(),
                                completion.tokens(),
                                completion.stoppedBy()))
                .toList();
    }
}
