package parathink.eval.metrics;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.Line;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.TimingLine;
import parathink.eval.directory.TokenLine;
import parathink.eval.evidence.CurvePoint;
import parathink.eval.evidence.Fate;
import parathink.eval.evidence.Intervals;
import parathink.eval.report.Report;

final class MetricsTest {
    @TempDir
    Path directory;

    private Metrics metrics(int repeats, Line... lines) {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 3, repeats));
            for (var line : lines) {
                switch (line) {
                    case ProblemLine problem -> results.append(problem);
                    case CompletionLine completion -> results.append(completion);
                    case TimingLine timing -> results.append(timing);
                    case TokenLine tokens -> results.append(tokens);
                }
            }
        }
        return Metrics.of(RunDirectory.read(directory));
    }

    @Test
    void oneAttemptAProblemHasWilsonsInterval() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.problem("b", 0, "2", "1", false),
                Lines.problem("c", 0, null, "1", false));

        assertThat(metrics.accuracy()).contains(Intervals.DEFAULT.share(1, 3));
        assertThat(metrics.unansweredRate()).isEqualTo(1.0 / 3);
    }

    @Test
    void repeatsAreAveragedByProblemAndDrawnAgainTogether() {
        var metrics = metrics(
                2,
                Lines.problem("a", 0, "1", "1", true),
                Lines.problem("a", 1, "2", "1", false),
                Lines.problem("b", 0, "1", "1", true),
                Lines.problem("b", 1, "1", "1", true));

        assertThat(metrics.accuracy()).contains(Intervals.DEFAULT.mean(new double[] {0.5, 1}));
        assertThat(metrics.problems()).isEqualTo(2);
        assertThat(metrics.attempts()).isEqualTo(4);
    }

    @Test
    void anErrorStaysInTheDenominatorAndAProblemWithoutReferenceDoesNot() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.failed("b", 0, "lost"),
                Lines.problem("c", 0, "1", null, false));

        assertThat(metrics.accuracy()).contains(Intervals.DEFAULT.share(1, 2));
        assertThat(metrics.graded()).isEqualTo(2);
        assertThat(metrics.errorRate()).isEqualTo(1.0 / 3);
        assertThat(metrics.fates().get(Fate.UNGRADED)).isEqualTo(1);
    }

    @Test
    void aRunWithoutReferencesHasNoAccuracyAndNoCurve() {
        var metrics = metrics(1, Lines.problem("a", 0, "1", null, false), Lines.branch("a", 0, "0", "1", false, 3));

        assertThat(metrics.accuracy()).isEmpty();
        assertThat(metrics.curve()).isEmpty();
    }

    @Test
    void everyAttemptHasOneFateAndTheyAddUp() {
        var cut = Lines.completion("cut", 0, "0/1", "branch", Optional.empty(), false, 9, Finish.LENGTH);
        var metrics = metrics(
                1,
                Lines.problem("right", 0, "1", "1", true),
                Lines.problem("lost", 0, Optional.of("2"), Optional.of("1"), false, true),
                Lines.branch("lost", 0, "0/0", "1", true, 1),
                Lines.problem("abstained", 0, Optional.empty(), Optional.of("1"), false, true),
                Lines.branch("abstained", 0, "0/0", "1", true, 1),
                Lines.problem("never", 0, "2", "1", false),
                Lines.branch("never", 0, "0", "2", false, 1),
                Lines.problem("none", 0, null, "1", false),
                Lines.branch("none", 0, "0", null, false, 1),
                Lines.problem("cut", 0, null, "1", false),
                Lines.branch("cut", 0, "0/0", null, false, 1),
                cut,
                Lines.failed("error", 0, "lost"),
                Lines.problem("ungraded", 0, "1", null, false));

        assertThat(metrics.fates())
                .containsEntry(Fate.RIGHT, 1)
                .containsEntry(Fate.LOST_VOTE, 2)
                .containsEntry(Fate.NEVER_SAMPLED, 1)
                .containsEntry(Fate.NO_ANSWER, 1)
                .containsEntry(Fate.CUT_OFF, 1)
                .containsEntry(Fate.ERROR, 1)
                .containsEntry(Fate.UNGRADED, 1);
        assertThat(metrics.fates().values().stream().mapToInt(count -> count).sum())
                .isEqualTo(metrics.attempts());
    }

    @Test
    void aCutOffCompletionIsNeverAWrongOne() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "2", "1", false),
                Lines.completion("a", 0, "0/0", "branch", Optional.of("2"), false, 600, Finish.LENGTH),
                Lines.completion("a", 0, "0/1", "branch", Optional.of("1"), true, 600, Finish.BUDGET),
                Lines.completion("a", 0, "0/2", "branch", Optional.of("2"), false, 9, Finish.STOP),
                Lines.completion("a", 0, "0/3", "branch", Optional.empty(), false, 9, Finish.CANCELLED),
                Lines.completion("a", 0, "1", "judge", Optional.empty(), false, 9, Finish.STOP));

        assertThat(metrics.endings())
                .containsEntry(Ending.CUT_OFF, 1)
                .containsEntry(Ending.RIGHT, 1)
                .containsEntry(Ending.WRONG, 1)
                .containsEntry(Ending.CANCELLED, 1)
                .containsEntry(Ending.NO_ANSWER, 0); // the judge is not one of them
        assertThat(metrics.completions()).isEqualTo(4);
        assertThat(metrics.rate(Ending.CUT_OFF)).isEqualTo(0.25);
    }

    @Test
    void theCurveIsTheMeanOverProblemsOfTheirExpectations() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0/0", "1", true, 10),
                Lines.branch("a", 0, "0/1", "1", true, 20),
                Lines.branch("a", 0, "0/2", "2", false, 60),
                Lines.problem("b", 0, "2", "1", false),
                Lines.branch("b", 0, "0/0", "2", false, 10),
                Lines.branch("b", 0, "0/1", "2", false, 10),
                Lines.branch("b", 0, "0/2", null, false, 10));

        var curve = metrics.curve();

        assertThat(curve).extracting(CurvePoint::k).containsExactly(1, 2, 3);
        assertThat(curve.get(0).cons().value()).isCloseTo((2.0 / 3 + 0) / 2, within(1e-12));
        assertThat(curve.get(1).cons().value()).isCloseTo((2.0 / 3 + 0) / 2, within(1e-12)); // 1, 1/2, 1/2
        assertThat(curve.get(2).cons().value()).isCloseTo(0.5, within(1e-12));
        assertThat(curve.get(1).pass().value()).isCloseTo(0.5, within(1e-12));
        assertThat(curve.get(1).work()).isCloseTo((60 + 20) / 2.0, within(1e-12));
        assertThat(curve.get(1).span()).isCloseTo(((20 + 60 + 60) / 3.0 + 10) / 2, within(1e-12));
        assertThat(curve.get(0).cons()).isEqualTo(curve.get(0).pass());
    }

    @Test
    void completionsLostToAnErrorCountAsWithoutAnAnswer() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0/0", "1", true, 10),
                Lines.branch("a", 0, "0/1", "1", true, 10),
                Lines.failed("b", 0, "lost"),
                Lines.branch("b", 0, "0/0", "1", true, 10));

        assertThat(metrics.curve()).hasSize(2);
        assertThat(metrics.curve().get(0).pass().value()).isCloseTo((1 + 0.5) / 2, within(1e-12));
        assertThat(metrics.curve().get(1).pass().value()).isCloseTo(1, within(1e-12));
    }

    @Test
    void lettersOfShuffledOptionsAreNeverCountedTogetherAcrossRepeats() {
        var metrics = metrics(
                2,
                Lines.problem("a", 0, "B", "B", true),
                Lines.branch("a", 0, "0/0", "B", true, 10),
                Lines.branch("a", 0, "0/1", "B", true, 10),
                Lines.branch("a", 0, "0/2", "A", false, 40),
                Lines.problem("a", 1, "A", "A", true), // the options in another order: B is now a wrong one
                Lines.branch("a", 1, "0/0", "A", true, 20),
                Lines.branch("a", 1, "0/1", "A", true, 20),
                Lines.branch("a", 1, "0/2", "B", false, 20));

        var curve = metrics.curve();

        assertThat(curve).extracting(CurvePoint::k).containsExactly(1, 2, 3); // as many as one attempt drew
        assertThat(curve.get(0).cons().value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(curve.get(1).cons().value()).isCloseTo(2.0 / 3, within(1e-12)); // 1, 1/2, 1/2
        assertThat(curve.get(2).cons().value()).isCloseTo(1, within(1e-12));
        assertThat(curve.get(1).pass().value()).isCloseTo(1, within(1e-12));
        assertThat(curve.get(2).work()).isCloseTo(60, within(1e-12));
        assertThat(curve.get(2).span()).isCloseTo((40 + 20) / 2.0, within(1e-12));
    }

    @Test
    void equalAnswersWrittenDifferentlyInTwoRepeatsAreNoRivals() {
        var metrics = metrics(
                2,
                Lines.problem("a", 0, "1/2", "1/2", true),
                Lines.branch("a", 0, "0/0", "1/2", true, 10),
                Lines.branch("a", 0, "0/1", "1/2", true, 10),
                Lines.problem("a", 1, "0.5", "1/2", true),
                Lines.branch("a", 1, "0/0", "0.5", true, 10),
                Lines.branch("a", 1, "0/1", "3", false, 10),
                Lines.problem("b", 0, "3", "1/2", false),
                Lines.branch("b", 0, "0/0", "3", false, 10),
                Lines.branch("b", 0, "0/1", "3", false, 10),
                Lines.problem("b", 1, "3", "1/2", false),
                Lines.branch("b", 1, "0/0", "3", false, 10),
                Lines.branch("b", 1, "0/1", "3", false, 10));

        var cons = metrics.curve().get(1).cons();

        // a: 1 in repeat 0, a tie in repeat 1; the interval draws problems again, not attempts
        assertThat(cons).isEqualTo(Intervals.DEFAULT.mean(new double[] {0.75, 0}));
        assertThat(metrics.curve()).hasSize(2);
    }

    @Test
    void repeatsOfOneCompletionAreAveragedNotJoined() {
        var metrics = metrics(
                2,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0", "1", true, 10),
                Lines.problem("a", 1, "2", "1", false),
                Lines.branch("a", 1, "0", "2", false, 10));

        assertThat(metrics.curve()).hasSize(1);
        assertThat(metrics.curve().getFirst().pass()).isEqualTo(Intervals.DEFAULT.mean(new double[] {0.5}));
        assertThat(metrics.curve().getFirst().cons()).isEqualTo(Intervals.DEFAULT.mean(new double[] {0.5}));
    }

    @Test
    void aRunThatDrewUnevenlyHasNoCurveAndSaysWhy() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0", "1", true, 10),
                Lines.problem("b", 0, "2", "1", false),
                Lines.branch("b", 0, "0/0", "1", true, 10),
                Lines.branch("b", 0, "0/1", "2", false, 10),
                Lines.branch("b", 0, "0/2", "2", false, 10));

        assertThat(metrics.curve()).isEmpty();
        assertThat(metrics.evidence().leftOut())
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains("drew 1 to 3 branches");
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, the strategy cancelled 2 of 6", "BUDGET, a spent budget ended 2 of 6"})
    void branchesThatDependOnEachOtherMakeNoCurve(Finish finish, String why) {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0/0", "1", true, 10),
                Lines.branch("a", 0, "0/1", "1", true, 20),
                Lines.completion("a", 0, "0/2", "branch", Optional.empty(), false, 5, finish),
                Lines.problem("b", 0, "2", "1", false),
                Lines.branch("b", 0, "0/0", "2", false, 10),
                Lines.branch("b", 0, "0/1", "2", false, 10),
                Lines.completion("b", 0, "0/2", "branch", Optional.empty(), false, 5, finish));

        var evidence = metrics.evidence();
        assertThat(metrics.curve()).isEmpty(); // with the lost ones as wrong, pass@1 would be a third, not a half
        assertThat(evidence.selections()).isEmpty();
        assertThat(evidence.laws()).isEmpty();
        assertThat(evidence.phase()).isEmpty();
        assertThat(evidence.equalCost()).isEmpty();
        var report = Report.of(directory);
        assertThat(report.json().path("evidence").path("left_out").path(0).asText())
                .contains(why);
        assertThat(report.terminal().replaceAll("\\s+", " ")).contains(why);
    }

    @Test
    void speedLeavesPausesOutAndCountsTimeSharedByAttemptsOnce() {
        var noon = Instant.parse("2026-01-31T12:00:00Z");
        var metrics = metrics(
                1,
                new TimingLine("a", 0, noon, 10, 100),
                new TimingLine("b", 0, noon.plusSeconds(5), 10, 100),
                new TimingLine("c", 0, noon.plusSeconds(3600), 5, 200));

        assertThat(metrics.seconds()).isCloseTo(20, within(1e-9));
        assertThat(metrics.tokensPerSecond().orElseThrow()).isCloseTo(20, within(1e-9));
    }

    @Test
    void lengthsFallIntoRoundBinsAndNoneIsLost() {
        var metrics = metrics(
                1,
                Lines.problem("a", 0, "1", "1", true),
                Lines.branch("a", 0, "0/0", "1", true, 0),
                Lines.branch("a", 0, "0/1", "1", true, 599),
                Lines.branch("a", 0, "0/2", "2", false, 600));

        assertThat(metrics.lengths().width()).isEqualTo(20);
        assertThat(metrics.lengths().counts()).containsOnlyKeys(Ending.RIGHT, Ending.WRONG);
        var right = metrics.lengths().counts().get(Ending.RIGHT);
        assertThat(List.of(right.get(0), right.get(29), right.get(30))).containsExactly(1, 1, 0);
        assertThat(metrics.lengths().counts().get(Ending.WRONG).get(30)).isEqualTo(1);
    }
}
