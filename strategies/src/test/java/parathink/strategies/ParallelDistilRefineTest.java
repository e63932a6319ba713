package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.Role;
import parathink.models.ScriptedModel;
import parathink.models.Session;

/** A completion of the scripted model has the characters of its script and two tokens more. */
final class ParallelDistilRefineTest extends StrategyContract {
    @Override
    Strategy strategy() {
        return pdr(Map.of("rounds", "1"));
    }

    @Test
    void aRoundIsDraftsThenOneWorkspaceThenOneAttemptThatReadsItAlone() {
        var solved = Solved.by(pdr(Map.of("rounds", "2")), "= a", "so = b", "notes", "well = c");

        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.completions())
                .extracting(Completion::path, Completion::role)
                .containsExactly(
                        tuple("0/0", Role.draft(0)),
                        tuple("0/1", Role.draft(0)),
                        tuple("1", Role.workspace(1)),
                        tuple("2", Role.refine(1)));
        long distil = Reading.distil("= a", "so = b");
        long refine = Reading.refine("notes");
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 7 + 10);
        assertThat(solved.usage().span()).isEqualTo(8 + 7 + 10); // the longer draft, then one after the other
        assertThat(solved.usage().prefill()).isEqualTo(Reading.task() + distil + refine);
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1, 1); // of the drafts
        assertThat(solved.outcome().notes())
                .containsEntry("votes.0", "a (1), b (1)")
                .containsEntry("workspaces", "1")
                .containsEntry("b_seq", Long.toString(Reading.task() + 8 + distil + 7 + refine + 10))
                .containsEntry("b_total", Long.toString(2 * Reading.task() + 5 + 8 + distil + 7 + refine + 10))
                .doesNotContainKeys("stop", "workspaces cut", "unfinished");
    }

    @Test
    void ownGroupsDealTheDraftsOutInTheirOrder() {
        var strategy = pdr(Map.of("rounds", "4,2", "groups", "own"));
        var solved = Solved.by(
                strategy, "= a", ".= b", "..= c", "...= d", "one", "two!", "= e", "...... = f", "three!!", "= g");

        assertThat(solved.completions())
                .extracting(Completion::path, Completion::role)
                .containsExactly(
                        tuple("0/0", Role.draft(0)),
                        tuple("0/1", Role.draft(0)),
                        tuple("0/2", Role.draft(0)),
                        tuple("0/3", Role.draft(0)),
                        tuple("1", Role.workspace(1)),
                        tuple("2", Role.workspace(1)),
                        tuple("3", Role.refine(1)),
                        tuple("4", Role.refine(1)),
                        tuple("5", Role.workspace(2)),
                        tuple("6", Role.refine(2)));
        long first = Reading.distil("= a", ".= b") + Reading.refine("one");
        long second = Reading.distil("..= c", "...= d") + Reading.refine("two!");
        long last = Reading.distil("= e", "...... = f") + Reading.refine("three!!");
        assertThat(solved.usage().prefill()).isEqualTo(Reading.task() + first + second + last);
        assertThat(solved.usage().work()).isEqualTo(5 + 6 + 7 + 8 + 5 + 6 + 5 + 12 + 9 + 5);
        assertThat(solved.usage().span()).isEqualTo(8 + 6 + 12 + 9 + 5);
        // the way to the answer: the longer draft of the second group, its workspace, the longer attempt, and on
        assertThat(solved.outcome().notes())
                .containsEntry("b_seq", Long.toString(Reading.task() + 8 + second + 6 + 12 + last + 9 + 5))
                .containsEntry("votes.1", "e (1), f (1)");
        assertThat(solved.answer()).isEqualTo("g");
    }

    @Test
    void sharedDraftsMakeOneWorkspaceThatIsReadOnceForAll() {
        var solved = Solved.by(pdr(Map.of("rounds", "2,2")), "= a", "= b", "one", "= c", "= c", "two", "= d");

        assertThat(solved.completions())
                .extracting(Completion::path)
                .containsExactly("0/0", "0/1", "1", "2/0", "2/1", "3", "4");
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task()
                        + Reading.distil("= a", "= b")
                        + Reading.refine("one")
                        + Reading.distil("= c", "= c")
                        + Reading.refine("two"));
    }

    @Test
    void aWorkspaceIsCutAtKappaTokensAndThatIsNoted() {
        var solved = Solved.by(pdr(Map.of("rounds", "1", "kappa", "3")), "= a", "notes", "= b");
        assertThat(solved.usage().prefill()).isEqualTo(Reading.task() + Reading.distil("= a") + Reading.refine("not"));
        assertThat(solved.outcome().notes()).containsEntry("workspaces cut", "1");
    }

    @Test
    void aSolutionIsReadUpToItsAllowanceAndWithoutItsThinking() {
        var solved = Solved.by(
                pdr(Map.of("rounds", "2", "solution", "3")),
                "<think>hm</think>= a!",
                "<think>never ends",
                "notes",
                "= b");
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task() + Reading.distil("= a") + Reading.refine("notes"));
        assertThat(solved.outcome().notes()).containsEntry("unfinished", "1");
    }

    @Test
    void thinkingAndSolutionTogetherLimitACall() {
        var solved = Solved.by(
                pdr(Map.of("rounds", "1", "thinking", "4", "solution", "3", "kappa", "1")),
                "....................",
                "....................",
                "....................");
        assertThat(solved.completions()).extracting(Completion::tokens).containsExactly(4 + 3, 4 + 1, 4 + 3);
    }

    @Test
    void theBestByVotesAreThoseWhoseAnswerManyGive() {
        var solved = Solved.by(
                pdr(Map.of("rounds", "4", "distil", "shared-top-k", "rank", "votes")),
                "= a",
                "none",
                ".= b",
                "..= b",
                "= c");
        assertThat(solved.completions()).hasSize(5); // drafts that are read as they stand cost no call
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task() + Reading.refine(Reading.gathered(".= b", "..= b")));
        assertThat(solved.answer()).isEqualTo("c");
    }

    @Test
    void theBestByLogprobAreThoseTheModelDoubtedLeast() {
        var model = new ScriptedModel("??= a", "= b", "?= c", "= d").doubting("?");
        var strategy = pdr(Map.of("rounds", "3", "distil", "shared-top-k", "rank", "logprob", "k", "1"));
        var solved = Solved.by(strategy, model, Budget.UNLIMITED);
        assertThat(solved.usage().prefill()).isEqualTo(Reading.task() + Reading.refine(Reading.gathered("= b")));
    }

    @Test
    void theModelChoosesForEachCallByItself() {
        var strategy = pdr(Map.of("rounds", "3,2", "distil", "per-sample-top-k", "last", "vote"));
        var solved = Solved.by(strategy, "= a", ".= b", "..= c", "3, 1", "but one:\n2", "= x", "= y");

        assertThat(solved.completions())
                .extracting(Completion::path, Completion::role)
                .contains(tuple("1", new Role("selection", 1)), tuple("2", new Role("selection", 1)));
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task()
                        + 2 * Reading.select(2, "= a", ".= b", "..= c")
                        + Reading.refine(Reading.gathered("..= c", "= a"))
                        + Reading.refine(Reading.gathered(".= b", "= a"))); // the first of the others follows
        assertThat(solved.outcome().notes()).containsEntry("selections completed", "1");
    }

    @Test
    void aChoiceIsReadFromItsLastLineOfNumbersAlone() {
        var strategy = pdr(Map.of("rounds", "3", "distil", "shared-top-k", "rank", "model", "k", "1"));
        var said = Solved.by(strategy, "= a", ".= b", "..= c", "The best 2 are 3 and 1\n3, 1", "= d");
        assertThat(said.usage().prefill())
                .isEqualTo(Reading.task()
                        + Reading.select(1, "= a", ".= b", "..= c")
                        + Reading.refine(Reading.gathered("..= c")));
        assertThat(said.outcome().notes()).doesNotContainKey("selections unreadable");

        var unreadable = Solved.by(strategy, "= a", ".= b", "..= c", "The best 2 are 3 and 1", "= d");
        assertThat(unreadable.usage().prefill())
                .isEqualTo(Reading.task()
                        + Reading.select(1, "= a", ".= b", "..= c")
                        + Reading.refine(Reading.gathered("= a")));
        assertThat(unreadable.outcome().notes()).containsEntry("selections unreadable", "1");
    }

    @Test
    void randomGroupsHoldDifferentDraftsAndAreTheSameEveryTime() {
        var strategy = pdr(Map.of("rounds", "3,3", "distil", "random-k", "last", "vote"));
        var scripts = new String[] {"= a", ".= b", "......= c", "= d", "= e", "= f"};
        var solved = Solved.by(strategy, scripts);

        // the first letters of two of three drafts of 3, 4 and 9 characters, each pair as often as it was drawn
        long read = solved.usage().prefill() - Reading.task() - 3 * Reading.refine(Reading.gathered("", ""));
        assertThat(read).isBetween(3L * (3 + 4), 3L * (4 + 9));
        assertThat(solved.completions()).hasSize(6);
        assertThat(Solved.by(strategy, scripts)).isEqualTo(solved);
    }

    @Test
    void recursiveSelfAggregationKeepsItsPopulationAndVotesAtTheEnd() {
        var strategy = Strategies.named("rsa").with(Map.of("population", "2", "k", "2", "rounds", "3"), GREEDY);
        var solved = Solved.by(strategy, "= a", "= b", "= c", "= a", "= d", "= d");

        assertThat(solved.answer()).isEqualTo("d");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
        assertThat(solved.completions())
                .extracting(completion -> completion.role().round())
                .containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(solved.outcome().notes()).containsEntry("votes.1", "c (1), a (1)");
    }

    @Test
    void withoutRoundsTheLastCallIsTheOnlyOne() {
        var solved = Solved.by(pdr(Map.of("rounds", "0")), "= a");
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.completions()).extracting(Completion::role).containsExactly(Role.refine(0));
        assertThat(solved.usage().prefill()).isEqualTo(Reading.task());
    }

    @Test
    void whereTheLastCallHasNoAnswerTheLatestAttemptsVote() {
        var scripts = new String[] {"= a", "= b", "= b", "notes", "well"};
        var solved = Solved.by(pdr(Map.of("rounds", "3")), scripts);
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().notes()).containsEntry("answer", "vote of the latest attempts");

        var none = Solved.by(pdr(Map.of("rounds", "3", "otherwise", "none")), scripts);
        assertThat(none.outcome()).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void aBudgetThatEndsAfterTheDraftsLeavesTheirVote() {
        var model = new ScriptedModel("= a", "= b", "= b", "notes", "= c");
        var solved = Solved.by(pdr(Map.of("rounds", "3")), model, new Budget(3 * 5 + 2));
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.usage().work()).isEqualTo(17);
        assertThat(solved.usage().calls()).isEqualTo(4); // the workspace was begun, the last call was not
        assertThat(solved.outcome().notes()).containsEntry("stop", "budget");
    }

    @Test
    void aDiagnosisReadsOnlyWhatTheOracleSaysInTheNumberOfAll() {
        var scripts = new String[] {"= a", ".= b", "..= c", "= d"};
        var settings = Map.of("rounds", "3", "distil", "random-k", "k", "3");
        var right = Solved.by(told(settings, "oracle-right"), scripts);
        assertThat(right.usage().prefill())
                .isEqualTo(Reading.task() + Reading.refine(Reading.gathered(".= b", ".= b", ".= b")));
        var wrong = Solved.by(told(settings, "oracle-wrong"), scripts);
        assertThat(wrong.usage().prefill())
                .isEqualTo(Reading.task() + Reading.refine(Reading.gathered("= a", "..= c", "= a")));
    }

    @Test
    void aDraftThatADiagnosisRepeatsMayBeChosenAgain() {
        var settings = Map.of("rounds", "3", "distil", "shared-top-k", "rank", "model", "k", "2");
        // the first and the third are the same draft in two places
        var solved = Solved.by(told(settings, "oracle-wrong"), "= a", ".= b", "..= c", "1, 3", "= d");
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task()
                        + Reading.select(2, "= a", "..= c", "= a")
                        + Reading.refine(Reading.gathered("= a", "= a")));
        assertThat(solved.outcome().notes()).doesNotContainKey("selections completed");
    }

    @Test
    void aMethodIsToldNothingAndADiagnosisDoesNotGoUntold() {
        assertThat(pdr(Map.of()).isDiagnostic()).isFalse();
        var diagnosis = pdr(Map.of("rounds", "1", "workspace", "oracle-right"));
        assertThat(diagnosis.isDiagnostic()).isTrue();
        assertThatThrownBy(() -> Solved.by(diagnosis, "= a", "notes", "= b"))
                .hasMessageContaining("told what is right");
    }

    @Test
    void refusesWhatContradictsItselfOrTheModel() {
        assertThatThrownBy(() -> pdr(Map.of("rounds", "4,0"))).hasMessageContaining("rounds must be between 1");
        assertThatThrownBy(() -> pdr(Map.of("rounds", "4x"))).hasMessageContaining("such as 16,4");
        assertThatThrownBy(() -> pdr(Map.of("kappa", "0"))).hasMessageContaining("kappa must be at least 1, got 0");
        assertThatThrownBy(() -> pdr(Map.of("distil", "shared-top-k", "groups", "own")))
                .hasMessageContaining("give one of them");
        assertThatThrownBy(() -> pdr(Map.of("distil", "per-sample-top-k", "rank", "votes")))
                .hasMessageContaining("the same drafts for every call");
        assertThat(pdr(Map.of("rounds", "2,4", "groups", "own")).objection(Solved.QUESTION, ChatDialect.BUILT_IN))
                .hasValueSatisfying(objection -> assertThat(objection).contains("2 drafts to 4 calls"));
        assertThat(pdr(Map.of("rounds", "16,4")).objection(Solved.QUESTION, ChatDialect.BUILT_IN))
                .isEmpty();
    }

    private static Strategy pdr(Map<String, String> settings) {
        return Strategies.named("pdr").with(settings, GREEDY);
    }

    /** A diagnosis with an oracle that calls {@code b} right. */
    private static Strategy told(Map<String, String> settings, String workspace) {
        var all = new HashMap<>(settings);
        all.put("workspace", workspace);
        var diagnosis = pdr(all);
        return new Strategy() {
            @Override
            public Outcome solve(Question question, Session session) {
                return diagnosis.solve(
                        question, session, answer -> answer.canonical().equals("b"));
            }

            @Override
            public Optional<String> objection(Question question, Dialect dialect) {
                return Optional.empty();
            }
        };
    }
}
