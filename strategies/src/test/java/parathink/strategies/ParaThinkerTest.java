package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;
import parathink.models.Thoughts;

/** Of a scripted model whose paths are opened by Ā Ă Ą and closed by ā ă ą, and whose summary stands between Ŝ and ŝ. */
final class ParaThinkerTest extends StrategyContract {
    private static final int PROMPT = "Q: two and two?\nA: ".length();

    @Override
    Strategy strategy() {
        return strategy(PathFinish.MODEL);
    }

    private static ParaThinker strategy(PathFinish finish) {
        return new ParaThinker(3, 0, 0, OptionalDouble.empty(), finish, true, GREEDY);
    }

    @Override
    String[] scripts() {
        return new String[] {"it is = a", "so = b", "well = a", "all in all = a"};
    }

    @Override
    ScriptedModel model(String... scripts) {
        return taught(scripts);
    }

    private static ScriptedModel taught(String... scripts) {
        return new ScriptedModel(scripts).speaking(ChatDialect.thinking(ParaThinkerTest::thoughts));
    }

    private static Thoughts thoughts(Prompt task) {
        return new Thoughts(
                task,
                List.of("Ā", "Ă", "Ą"),
                List.of("ā", "ă", "ą"),
                "ð",
                List.of("þ"),
                "Ŝ:",
                "Ŝ",
                "ŝ",
                50,
                60,
                true,
                "last");
    }

    /** Paths of 5, 8 and 5 tokens: an opening token of the model, the characters, and the closing in place of the end. */
    @Test
    void joinsThePathsAndPaysForNothingTwice() {
        var model = taught("= a", "so = b", "= a", "= cŝ and more");

        var solved = Solved.by(strategy(), model, Budget.UNLIMITED);

        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.outcome().votes())
                .extracting(vote -> vote.answer().canonical() + vote.count())
                .containsExactly("a2", "b1");
        assertThat(solved.outcome().notes())
                .isEqualTo(Map.of(
                        "form", "native: caches joined, nothing read again",
                        "finish", "last",
                        "paths", "closed, closed, closed",
                        "summary", "closed",
                        "majority", "a"));
        assertThat(solved.completions())
                .extracting(
                        Completion::path,
                        Completion::text,
                        completion -> completion.role().name())
                .map(Object::toString)
                .containsExactly(
                        "(\"0/0\", \"= aā\", \"branch\")",
                        "(\"0/2\", \"= aą\", \"branch\")",
                        "(\"0/1\", \"so = bă\", \"branch\")",
                        "(\"0/3\", \"= cŝ\", \"summary\")");
        assertThat(model.contexts().getLast()).isEqualTo("Q: two and two?\nA: Ā\u0001= aāĂ\u0001so = băĄ\u0001= aąŜ:");
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 5 + 5);
        assertThat(solved.usage().span()).isEqualTo(8 + 5);
        assertThat(solved.usage().prefill()).isEqualTo(PROMPT + 3 + 2);
        assertThat(solved.usage().reused()).isEqualTo(3L * PROMPT + PROMPT + 6 + 9 + 6);
        assertThat(solved.usage().calls()).isEqualTo(4);
        // all that is on the bill as read or decoded went through the model once, but the summary's last token
        assertThat(model.tokensSeen())
                .isEqualTo(solved.usage().prefill() + solved.usage().work() - 1);
    }

    @Test
    void theFirstPathToCloseCutsTheOthersWhereTheyAre() {
        var model = taught("= a", "so = b", "well = c", "= b");

        var solved = Solved.by(strategy(PathFinish.FIRST), model, Budget.UNLIMITED);

        assertThat(solved.answer()).isEqualTo("b");
        assertThat(ends(solved))
                .containsExactly(
                        "0/0 stop 5 ", "0/1 cancelled 5 first finish", "0/2 cancelled 5 first finish", "0/3 stop 5 ");
        assertThat(model.contexts().getLast()).isEqualTo("Q: two and two?\nA: Ā\u0001= aāĂ\u0001so =Ą\u0001wellŜ:");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1);
        assertThat(solved.outcome().notes())
                .containsEntry("paths", "closed, cut, cut")
                .containsEntry("finish", "first");
        assertThat(solved.usage().work()).isEqualTo(3 * 5 + 5);
        assertThat(solved.usage().span()).isEqualTo(5 + 5);
        assertThat(solved.usage().reused()).isEqualTo(4L * PROMPT + 3 * 6);
    }

    @Test
    void pathsThatCloseInTheSameStepAllCountAndVote() {
        var solved = Solved.by(strategy(PathFinish.FIRST), taught("longer = c", "= b", "= b", "= b"), Budget.UNLIMITED);

        assertThat(solved.outcome().notes()).containsEntry("paths", "cut, closed, closed");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
        assertThat(ends(solved))
                .containsExactlyInAnyOrder("0/0 cancelled 5 first finish", "0/1 stop 5 ", "0/2 stop 5 ", "0/3 stop 5 ");
    }

    @Test
    void halfOfThreeIsTwo() {
        var solved =
                Solved.by(strategy(PathFinish.HALF), taught("= a", "so = b", "= c and on", "= b"), Budget.UNLIMITED);

        assertThat(solved.outcome().notes()).containsEntry("paths", "closed, closed, cut");
        assertThat(ends(solved)).contains("0/1 stop 8 ", "0/2 cancelled 8 half finish");
    }

    @Test
    void aPathCanOpenAndCloseNoneButItself() {
        var solved = Solved.by(strategy(), taught("Ăx Ŝ= aą", "= bþ", "= aŝ", "= a"), Budget.UNLIMITED);

        assertThat(solved.completions())
                .extracting(Completion::text)
                .containsExactlyInAnyOrder("ðx ð= aā", "= bă", "= aą", "= a");
        assertThat(solved.outcome().notes()).containsEntry("paths", "closed, closed, closed");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2, 1);
    }

    @Test
    void pathsAndSummaryHaveLimitsOfTheirOwn() {
        var strategy = new ParaThinker(2, 4, 3, OptionalDouble.of(0), PathFinish.LAST, true, GREEDY);

        var solved = Solved.by(strategy, taught("so = b and", "x", "cc = a"), Budget.UNLIMITED);

        assertThat(ends(solved)).containsExactly("0/1 stop 3 ", "0/0 length 4 ", "0/2 length 3 ");
        assertThat(solved.outcome().notes())
                .containsEntry("paths", "full, closed")
                .containsEntry("summary", "full");
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void withoutLimitsOfItsOwnItKeepsToWhatTheModelWasTaught() {
        var scripts = new String[] {"x".repeat(80), "x".repeat(80), "x".repeat(80), "y".repeat(80)};

        assertThat(ends(Solved.by(strategy(), taught(scripts), Budget.UNLIMITED)))
                .containsExactly("0/0 length 50 ", "0/1 length 50 ", "0/2 length 50 ", "0/3 length 60 ");
        var shorter = new SamplingParams(0, 0, 1, 0, 20);
        var strategy = new ParaThinker(1, 0, 0, OptionalDouble.empty(), PathFinish.MODEL, true, shorter);
        assertThat(ends(Solved.by(strategy, taught(scripts), Budget.UNLIMITED)))
                .containsExactly("0/0 length 20 ", "0/1 length 60 ");
    }

    @Test
    void aSpentBudgetEndsThePathsAndLeavesNoSummary() {
        var solved = Solved.by(strategy(PathFinish.FIRST), taught(scripts()), new Budget(12));

        assertThat(ends(solved)).containsExactly("0/0 budget 4 ", "0/1 budget 4 ", "0/2 budget 4 ", "0/3 budget 0 ");
        assertThat(solved.outcome().notes()).containsEntry("paths", "budget, budget, budget");
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class); // no path came to an answer
        assertThat(solved.outcome().votes()).isEmpty();
    }

    @Test
    void pathsVoteWhereTheBudgetLeavesNoSummary() {
        var solved = Solved.by(strategy(), taught(scripts()), new Budget(29));

        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().notes()).containsEntry("answer", "vote, without a summary");
        var none = new ParaThinker(3, 0, 0, OptionalDouble.empty(), PathFinish.MODEL, false, GREEDY);
        assertThat(Solved.by(none, taught(scripts()), new Budget(29)).outcome()).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void refusesAModelThatWasTaughtNoPathsOrFewer() {
        var refused = "strategy parathinker: this model was not taught to think in parallel paths;"
                + " parallel-then-summarise works with any model";
        assertThat(strategy().objection(Solved.QUESTION, ChatDialect.BUILT_IN)).contains(refused);
        assertThatThrownBy(() -> Solved.by(strategy(), "= a"))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNABLE))
                .hasMessage(refused);
        assertThat(new ParaThinker(4, 0, 0, OptionalDouble.empty(), PathFinish.MODEL, true, GREEDY)
                        .objection(Solved.QUESTION, ChatDialect.thinking(ParaThinkerTest::thoughts)))
                .contains("strategy parathinker: branches (-n) must be at most 3, the paths this model knows, got 4");
        assertThat(strategy().objection(Solved.QUESTION, ChatDialect.thinking(ParaThinkerTest::thoughts)))
                .isEmpty();
    }

    @Test
    void refusesAPool(@TempDir Path folder) throws IOException {
        var pool = ScriptedPool.of(folder, GREEDY, "= a");
        assertThatThrownBy(() -> Solved.by(strategy(), pool.engine(), Budget.UNLIMITED))
                .isInstanceOf(ModelException.class);
    }

    private static List<String> ends(Solved solved) {
        return solved.completions().stream()
                .map(completion -> "%s %s %d %s"
                        .formatted(
                                completion.path(),
                                completion.finish().word(),
                                completion.tokens(),
                                completion.stoppedBy()))
                .toList();
    }
}
