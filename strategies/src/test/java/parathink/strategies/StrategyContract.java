package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.FinishReason;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;

/** What every strategy promises, whatever it does and however many calls it makes; a test of a strategy extends it. */
abstract class StrategyContract {
    static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 200);

    /** The strategy, with settings under which {@link #scripts()} are all that it needs. */
    abstract Strategy strategy();

    /** What the model says, in the order in which the strategy's completions read their opening token. */
    String[] scripts() {
        return new String[] {"it is = a", "so = b", "well = a"};
    }

    /** A model that says this, and is asked as the strategy needs it. */
    ScriptedModel model(String... scripts) {
        return new ScriptedModel(scripts);
    }

    private ScriptedModel model() {
        return model(scripts());
    }

    @Test
    void neverSpendsMoreThanItsBudget() {
        for (int tokens : new int[] {1, 7, 20, 50}) {
            var solved = Solved.by(strategy(), model(), new Budget(tokens));
            assertThat(solved.usage().work()).isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void aBudgetOfOneTokenLeavesNoAnswer() {
        var solved = Solved.by(strategy(), model(), new Budget(1));
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(solved.completions()).allMatch(completion -> completion.finish() == FinishReason.BUDGET);
    }

    /** All that the first three scripts say, and nothing for a last word. */
    @Test
    void answersWithItsDraftsWhenTheBudgetCoversThemAlone() {
        int drafts = Arrays.stream(scripts())
                .limit(3)
                .mapToInt(script -> script.length() + 2)
                .sum();
        assertThat(Solved.by(strategy(), model(), new Budget(drafts)).outcome()).isInstanceOf(Outcome.Answered.class);
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
        var solved = Solved.by(strategy(), model("no", "nothing", "none"), Budget.UNLIMITED);
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(solved.outcome().votes()).isEmpty();
    }
}
