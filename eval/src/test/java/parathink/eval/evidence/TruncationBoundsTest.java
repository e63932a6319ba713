package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.evidence.TruncationBounds.Treatment;

final class TruncationBoundsTest {
    private static TruncationBounds.Row row(TruncationBounds bounds, Treatment treatment) {
        return bounds.treatments().stream()
                .filter(row -> row.treatment() == treatment)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachTreatmentIsWhatCountingByHandGives() {
        // a: one right, one wrong, two cut of which one had said r. b: all cut, nothing said.
        var bounds = TruncationBounds.of(
                        List.of(Cases.trial("a", "r w r! -!"), Cases.trial("b", "-! -!")), Intervals.DEFAULT)
                .orElseThrow();

        assertThat(bounds.completions()).isEqualTo(6);
        assertThat(bounds.cut()).isEqualTo(4);
        assertRow(bounds, Treatment.WORST, (1 / 4.0 + 0) / 2, 0, 2); // a: r 1, w 3; b: w 2
        assertRow(bounds, Treatment.WRONG, (1 / 4.0 + 0) / 2, (0.5 + 0) / 2, 2); // a: r 1, w 1
        assertRow(bounds, Treatment.AS_RUN, (2 / 4.0 + 0) / 2, (1 + 0) / 2.0, 2); // a: r 2, w 1
        assertRow(bounds, Treatment.LEFT_OUT, 1 / 2.0, 0.5, 1); // b has nothing left
        assertRow(bounds, Treatment.RIGHT, (3 / 4.0 + 1) / 2, 1, 2); // a: r 3, w 1; b: r 2
    }

    private static void assertRow(
            TruncationBounds bounds, Treatment treatment, double single, double plurality, int problems) {
        var row = row(bounds, treatment);
        assertThat(row.single().value()).as(treatment + " single").isCloseTo(single, within(1e-12));
        assertThat(row.plurality().value()).as(treatment + " plurality").isCloseTo(plurality, within(1e-12));
        assertThat(row.problems()).isEqualTo(problems);
    }

    @Test
    void worstAndBestBoundEveryTreatmentThatKeepsAllProblems() {
        var random = new java.util.Random(3);
        for (int round = 0; round < 200; round++) {
            var words = new ArrayList<String>();
            for (int i = 0; i < 7; i++) {
                words.add("rwv-".charAt(random.nextInt(4)) + (random.nextBoolean() ? "!" : ""));
            }
            var bounds = TruncationBounds.of(List.of(Cases.trial("p", String.join(" ", words))), Intervals.DEFAULT)
                    .orElseThrow();
            for (var treatment : List.of(Treatment.WRONG, Treatment.AS_RUN)) {
                var row = row(bounds, treatment);
                assertThat(row.plurality().value())
                        .as("%s %s", words, treatment)
                        .isBetween(
                                row(bounds, Treatment.WORST).plurality().value(),
                                row(bounds, Treatment.RIGHT).plurality().value());
            }
        }
    }

    @Test
    void forcedAnswersVoteAndAreBilledApart() {
        var cut = Cases.trial("a", "r w -! -!").draws();
        var draws = new ArrayList<>(cut.subList(0, 2));
        for (var answer : List.of("r", "q")) {
            draws.add(new Draw(
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Draw.End.LIMIT,
                    false,
                    Optional.of(new Draw.Forced(Optional.of(answer), answer.equals("r"), 100, 3)),
                    10,
                    Scores.NONE));
        }

        var bounds = TruncationBounds.of(List.of(Cases.of("a", draws)), Intervals.DEFAULT)
                .orElseThrow();

        assertRow(bounds, Treatment.FORCED, 0.5, 1, 1); // r 2, w 1, q 1
        assertThat(bounds.forced()).isEqualTo(2);
        assertThat(bounds.forcedPrefill()).isEqualTo(200);
        assertThat(bounds.forcedWork()).isEqualTo(6);
    }

    @Test
    void withoutContinuationsThereIsNoForcedRow() {
        var bounds = TruncationBounds.of(List.of(Cases.trial("a", "r -!")), Intervals.DEFAULT)
                .orElseThrow();

        assertThat(bounds.treatments())
                .extracting(TruncationBounds.Row::treatment)
                .containsExactly(
                        Treatment.WORST, Treatment.WRONG, Treatment.AS_RUN, Treatment.LEFT_OUT, Treatment.RIGHT);
    }
}
