package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.FinishCounts;
import parathink.eval.directory.ProblemLine;
import parathink.models.Usage;

final class ProgressTest {
    private static ProblemLine line(boolean right) {
        return new ProblemLine(
                "p",
                0,
                ProblemLine.Status.ANSWERED,
                Optional.of("1"),
                Optional.of("1"),
                Optional.of(right),
                right,
                List.of(),
                Usage.NONE,
                FinishCounts.NONE,
                Optional.empty(),
                new JsonMapper().createObjectNode(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void tellsDoneAccuracySpeedAndTimeLeft() {
        var tally = Progress.Tally.of(10, List.of()).and(line(true), 300).and(line(false), 100);

        assertThat(tally.text(Duration.ofSeconds(20))).isEqualTo("2/10  accuracy 50.0 %  20 tokens/s  1:20 left");
    }

    @Test
    void countsEarlierAttemptsInTheAccuracyButNotInTheSpeed() {
        var tally = Progress.Tally.of(4, List.of(line(true), line(true))).and(line(false), 90);

        assertThat(tally.text(Duration.ofSeconds(9))).isEqualTo("3/4  accuracy 66.7 %  10 tokens/s  0:09 left");
    }

    @Test
    void guessesNothingBeforeTheFirstAttemptHasEnded() {
        assertThat(Progress.Tally.of(4, List.of()).text(Duration.ofSeconds(9))).isEqualTo("0/4");
    }
}
