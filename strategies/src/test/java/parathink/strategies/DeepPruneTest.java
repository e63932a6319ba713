package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.Prompt;
import parathink.models.ScriptedModel;
import parathink.models.Usage;
import parathink.strategies.GreedyClustering.Assign;
import parathink.strategies.GreedyClustering.Full;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.LexicalJudge;
import parathink.strategies.judges.ModelJudge;

/**
 * Texts are judged after three tokens: the opening one and two characters. The judge calls two of them the same when they have
 * a character in common, with 0.88, and different otherwise, with 0.12.
 */
final class DeepPruneTest extends DrawingContract {
    private static final Cut TWO_CHARACTERS = Cut.read("tokens=3", List.of());
    private static final GreedyClustering CLUSTERING = new GreedyClustering(0.5, 32, 10, Assign.ARGMAX, Full.ARGMAX);

    /** Everything is in one cluster, of which two finish. */
    @Override
    Strategy strategy() {
        var all = new GreedyClustering(0, 32, 10, Assign.ARGMAX, Full.ARGMAX);
        return new DeepPrune(3, Cut.read("tokens=4", List.of()), LexicalJudge.builtIn(), all, 2, 3, GREEDY);
    }

    @Test
    void theLargestClusterFinishesAndVotes() {
        var solved = solve(with(5, CLUSTERING, 2), "x1 = a", "y1 = b", "x2 = a", "x3 = b", "y2 = b");

        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().notes())
                .isEqualTo(Map.of(
                        "clusters", "0 2 3 | 1 4", "compared", "10", "finished", "0 2", "stop", "largest cluster"));
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
    }

    @Test
    void whatCannotBeWantedAnyMoreIsCancelledAtOnce() {
        var solved = solve(with(5, CLUSTERING, 2), "x1 = a", "y1 = b", "x2 = a", "x3 = b", "y2 = b");

        // 1 is asked about 0; 2 about 0 and 1; 3 about 0, 2 and 1 and is one too many with 0 and 2, so that even with
        // 4 the cluster of 1 stays smaller; 4 is asked all the same, as the paper's clustering goes on
        assertThat(solved.completions())
                .extracting(Completion::path)
                .containsExactly(
                        "j/0", "j/1", "j/2", "j/3", "j/4", "j/5", "0/3", "0/1", "j/6", "j/7", "j/8", "j/9", "0/4",
                        "0/0", "0/2");
        assertThat(solved.completions().stream()
                        .filter(completion -> completion.finish() == FinishReason.CANCELLED)
                        .map(Completion::stoppedBy))
                .containsExactly("redundant", "outnumbered", "outnumbered");
        assertThat(solved.completions().stream()
                        .filter(completion -> completion.path().startsWith("0/"))
                        .map(Completion::text))
                .containsExactly("x3", "y1", "y2", "x1 = a", "x2 = a");
    }

    @Test
    void theBillHasAllThatTheJudgeReadsAndSays() {
        var solved = solve(with(5, CLUSTERING, 2), "x1 = a", "y1 = b", "x2 = a", "x3 = b", "y2 = b");

        int prompt = "Q: two and two?\nA: ".length();
        int verdict = "Q: %s\nA: ".formatted(compared("x1", "y1")).length();
        int work = 5 * 3 + 2 * 5 + 10; // up to the cut, two to their ends of eight tokens, ten verdicts
        int span = 3 + 4 + 5; // to the cut, four decisions one after the other, and on from there
        assertThat(solved.usage())
                .isEqualTo(new Usage(prompt + 10L * verdict, 5L * prompt, work, span, 10L * verdict, 10, 5 + 10));
    }

    @Test
    void tracesThatAreAllUnlikeGiveUpTheClustering() {
        var some = new DeepPrune(3, TWO_CHARACTERS, new ModelJudge(), CLUSTERING, 1, 2, GREEDY);
        var solved = solve(some, "x1 = a", "y2 = b", "z3 = c");
        assertThat(solved.outcome().notes())
                .containsEntry("clusters", "0 | 1 | 2")
                .containsEntry("stop", "collapse");
        assertThat(branches(solved, FinishReason.STOP)).hasSize(2);
        assertThat(branches(solved, FinishReason.CANCELLED))
                .extracting(Completion::stoppedBy)
                .containsExactly("pruned");

        var none = new DeepPrune(3, TWO_CHARACTERS, new ModelJudge(), CLUSTERING, 1, 0, GREEDY);
        assertThat(solve(none, "x1 = a", "y2 = b", "z3 = c").outcome().notes())
                .containsEntry("finished", "0")
                .containsEntry("stop", "largest cluster");
    }

    @Test
    void withAsManyClustersAsThereMayBeAStrangerJoinsTheMostSimilarOrIsGivenUp() {
        var joins = new GreedyClustering(0.5, 1, 10, Assign.ARGMAX, Full.ARGMAX);
        assertThat(solve(with(3, joins, 3), "x1 = a", "y2 = b", "x3 = a")
                        .outcome()
                        .notes())
                .containsEntry("clusters", "0 1 2");

        var drops = new GreedyClustering(0.5, 1, 10, Assign.ARGMAX, Full.DROP);
        var solved = solve(with(3, drops, 3), "x1 = a", "y2 = b", "x3 = a");
        assertThat(solved.outcome().notes()).containsEntry("clusters", "0 2");
        assertThat(branches(solved, FinishReason.CANCELLED))
                .extracting(Completion::stoppedBy)
                .containsExactly("like no cluster");
    }

    @Test
    void ofClustersOfTheSameSizeTheOneOpenedFirstFinishes() {
        var solved = solve(with(4, CLUSTERING, 2), "x1 = a", "y2 = b", "y3 = b", "x4 = a");
        // after three the cluster of 1 leads, and that of 0 can still draw level
        assertThat(solved.outcome().notes())
                .containsEntry("clusters", "0 3 | 1 2")
                .containsEntry("finished", "0 3");
        assertThat(solved.answer()).isEqualTo("a");
    }

    @Test
    void theMostSimilarClusterOrTheFirstSimilarOneTakesATrace() {
        String[] scripts = {"xa = a", "xb = a", "yc = b", "by = b"};
        // "by" has the b of one of two members of the first cluster, 0.5 on average, and the y of the only member of
        // the second
        var most = new GreedyClustering(0.4, 32, 10, Assign.ARGMAX, Full.ARGMAX);
        assertThat(solve(with(4, most, 2), scripts).outcome().notes())
                .containsEntry("clusters", "0 1 | 2 3")
                .containsEntry("compared", "6");

        var first = new GreedyClustering(0.4, 32, 10, Assign.FIRST, Full.ARGMAX);
        assertThat(solve(with(4, first, 2), scripts).outcome().notes())
                .containsEntry("clusters", "0 1 3 | 2")
                .containsEntry("compared", "5"); // the last one is not asked about the second cluster
    }

    @Test
    void onlySomeMembersOfAClusterAreCompared() {
        var one = new GreedyClustering(0.5, 32, 1, Assign.ARGMAX, Full.ARGMAX);
        var solved = solve(with(4, one, 1), "x1 = a", "x2 = a", "x3 = a", "x4 = a");
        assertThat(solved.outcome().notes())
                .containsEntry("clusters", "0 1 2 3")
                .containsEntry("compared", "3");
    }

    @Test
    void tracesThatHaveEndedAreComparedByTheirAnswersWithoutTheJudge() {
        var solved = solve(
                new DeepPrune(3, Cut.read("tokens=9", List.of()), new ModelJudge(), CLUSTERING, 3, 3, GREEDY),
                "= a",
                "= b",
                "= a");
        assertThat(solved.outcome().notes())
                .containsEntry("clusters", "0 2 | 1")
                .containsEntry("compared", "0");
        assertThat(solved.usage().judgeWork()).isZero();
        assertThat(solved.usage().work()).isEqualTo(3 * 5);
    }

    @Test
    void aShareOfTheLengthOfTheFirstTraceIsTheCutOfTheOthers() {
        var half = new DeepPrune(3, Cut.read("share=0.5", List.of()), new ModelJudge(), CLUSTERING, 3, 3, GREEDY);
        var solved = solve(half, "xxxx = a", "yyyyyyyy = b", "zzzzzzzz = c");
        // the first has ten tokens; the others stop at five, and are compared with the whole of it
        assertThat(solved.usage().work()).isEqualTo(10 + 2 * 5 + 3 + 2 * 9);
        assertThat(solved.completions().getFirst().text()).isEqualTo("xxxx = a");
    }

    @Test
    void whatHasEndedVotesWhenTheBudgetDoesNotSufficeForTheJudge() {
        var strategy = new DeepPrune(3, Cut.read("tokens=6", List.of()), new ModelJudge(), CLUSTERING, 3, 3, GREEDY);
        var solved = Solved.by(
                strategy,
                new ScriptedModel("= a", "xxxxxxxx = b", "yyyyyyyy = b").judging(DeepPruneTest::shareACharacter),
                new Budget(5 + 6 + 6));
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().notes()).containsEntry("stop", "budget");
        assertThat(solved.usage().work()).isEqualTo(17);
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new GreedyClustering(1.5, 1, 1, Assign.FIRST, Full.DROP))
                .hasMessageContaining("tau must be between 0.0 and 1.0, got 1.5");
        assertThatThrownBy(() -> new GreedyClustering(0.5, 0, 1, Assign.FIRST, Full.DROP))
                .hasMessageContaining("k must be at least 1, got 0");
        assertThatThrownBy(() -> with(3, CLUSTERING, 0)).hasMessageContaining("k2 must be at least 1, got 0");
        assertThatThrownBy(() -> Cut.read("word=3", List.of())).hasMessageContaining("'word=3' is no cut");
        assertThatThrownBy(() -> Cut.read("share=1", List.of())).hasMessageContaining("below 1");
        assertThatThrownBy(() -> Cut.read("tokens=2.5", List.of())).hasMessageContaining("whole number");
    }

    private static DeepPrune with(int branches, GreedyClustering clustering, int finished) {
        return new DeepPrune(
                branches, TWO_CHARACTERS, (Judge) new ModelJudge(), clustering, finished, finished, GREEDY);
    }

    private static Solved solve(Strategy strategy, String... scripts) {
        return Solved.by(
                strategy, new ScriptedModel(scripts).judging(DeepPruneTest::shareACharacter), Budget.UNLIMITED);
    }

    private static List<Completion> branches(Solved solved, FinishReason finish) {
        return solved.completions().stream()
                .filter(completion -> completion.path().startsWith("0/") && completion.finish() == finish)
                .toList();
    }

    private static String compared(String one, String other) {
        Question question = Solved.QUESTION;
        return ChatDialect.BUILT_IN
                .compare(Prompt.user(question.asked(), question.instruction()), one, other)
                .prompt()
                .text();
    }

    /** Looks at the two solutions of a comparison. */
    private static boolean shareACharacter(String text) {
        var one = between(text, "Solution 1:\n", "\n\nSolution 2:\n");
        var other = between(text, "Solution 2:\n", "\n\nAnswer with");
        return one.chars().anyMatch(character -> other.indexOf(character) >= 0);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }
}
