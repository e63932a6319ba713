package parathink.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.FinishCounts;
import parathink.eval.directory.Json;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.VoteCount;
import parathink.eval.evidence.Draw;
import parathink.eval.evidence.Trial;
import parathink.models.Confidence;
import parathink.models.Usage;

/** What of the files the analyses are given. */
final class TrialsTest {
    @TempDir
    Path directory;

    private static CompletionLine completion(String path, String text, Finish finish, String answer, boolean right) {
        return new CompletionLine(
                "p",
                0,
                path,
                "branch",
                0,
                text,
                7,
                finish,
                Optional.of(answer).filter(found -> !found.isEmpty()),
                Optional.of(right),
                1,
                OptionalDouble.of(-0.5),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("said " + answer).filter(said -> !answer.isEmpty()),
                OptionalDouble.empty());
    }

    private static ProblemLine problem(String format, String reference, boolean right, List<VoteCount> votes) {
        return new ProblemLine(
                "p",
                0,
                votes.isEmpty() ? ProblemLine.Status.UNANSWERED : ProblemLine.Status.ANSWERED,
                votes.stream().map(VoteCount::answer).findFirst(),
                Optional.of(reference),
                Optional.of(right),
                right,
                votes,
                Usage.NONE,
                FinishCounts.NONE,
                Optional.empty(),
                Json.MAPPER.createObjectNode(),
                Optional.empty(),
                Optional.of(format));
    }

    private Trial trial(ProblemLine problem, CompletionLine... completions) {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 1, 1));
            for (var completion : completions) {
                results.append(completion);
            }
            results.append(problem);
        }
        return Trials.of(RunDirectory.read(directory)).getFirst();
    }

    private static List<VoteCount> votes(int first, int second) {
        return List.of(new VoteCount("8", first, first), new VoteCount("9", second, second));
    }

    @Test
    void aThoughtThatWasNeverClosedStatesWhatWasNotExtracted() {
        var trial = trial(
                problem("math", "42", false, List.of()),
                completion("0/0", "<think>so it must be\n\\boxed{42}\nand that is all", Finish.STOP, "", false),
                completion("0/1", "<think>no idea\nnone at all", Finish.STOP, "", false));

        assertThat(trial.draws()).extracting(Draw::states).containsExactly(true, false);
    }

    @Test
    void aWrongAnswerStatesTheRightOneInItsLastLineOnly() {
        var trial = trial(
                problem("math", "42", false, votes(2, 1)),
                completion("0/0", "\\boxed{8}\nSo the answer is 42", Finish.STOP, "8", false),
                completion("0/1", "The answer is 42. No:\n\\boxed{8}", Finish.STOP, "8", false));

        assertThat(trial.draws()).extracting(Draw::states).containsExactly(true, false);
    }

    @Test
    void aCutOffTextStatesItInAnyLineThatSpeaksOfAnAnswer() {
        var trial = trial(
                problem("math", "42", false, List.of()),
                completion("0/0", "<think>The answer is 42. But let me check:\n6 times", Finish.LENGTH, "", false),
                completion("0/1", "<think>42 is even\n21 times", Finish.BUDGET, "", false),
                completion("0/2", "<think>The answer is 42.\n", Finish.CANCELLED, "", false));

        assertThat(trial.draws()).extracting(Draw::states).containsExactly(true, false, false);
        assertThat(trial.draws())
                .extracting(Draw::ended)
                .containsExactly(Draw.End.LIMIT, Draw.End.BUDGET, Draw.End.CANCELLED);
    }

    @Test
    void aGameIsCheckedByTheSolutionThatIsItsReference() {
        var trial = trial(
                problem("countdown", "(16+15)+2", false, List.of()),
                completion("0/0", "<think>ah\n\\boxed{2+(15+16)}", Finish.STOP, "", false),
                completion("0/1", "<think>ah\n\\boxed{2*15+3}", Finish.STOP, "", false));

        assertThat(trial.draws()).extracting(Draw::states).containsExactly(true, false);
    }

    @Test
    void whereACompletionIsRightNoTextIsRead() {
        var trial = trial(
                problem("math", "42", false, votes(2, 1)),
                completion("0/0", "\\boxed{42}", Finish.STOP, "42", true),
                completion("0/1", "\\boxed{8}\nSo the answer is 42", Finish.STOP, "8", false));

        assertThat(trial.draws()).extracting(Draw::states).containsExactly(false, false);
        assertThat(trial.draws().getFirst().said()).contains("said 42");
        assertThat(trial.draws().getFirst().scores().logprob()).hasValue(-0.5);
    }

    @Test
    void theShareCountsCompletionsWithoutAVoteAndNotThoseThatNobodyWanted() {
        var trial = trial(
                problem("math", "8", true, votes(2, 1)),
                completion("0/0", "", Finish.STOP, "8", true),
                completion("0/1", "", Finish.STOP, "8", true),
                completion("0/2", "", Finish.STOP, "9", false),
                completion("0/3", "", Finish.LENGTH, "", false),
                completion("0/4", "", Finish.CANCELLED, "", false));

        assertThat(trial.share()).hasValue(0.5); // two of four
    }

    @Test
    void aWeightedShareIsThatOfTheWeightOfTheVotes() {
        var trial = trial(
                problem("math", "8", true, List.of(new VoteCount("8", 1, 3), new VoteCount("9", 2, 1))),
                completion("0/0", "", Finish.STOP, "8", true),
                completion("0/1", "", Finish.STOP, "9", false),
                completion("0/2", "", Finish.STOP, "9", false),
                completion("0/3", "", Finish.STOP, "", false));

        assertThat(trial.share()).hasValue(0.75 * 3 / 4); // of the weight; three of four voted
    }
}
