package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays pools of real completions whose figures were published; needs the optional local data. */
final class PublishedPoolsTest {
    @TempDir
    private Path temporary;

    private JsonNode replay(String pool, String arguments) throws IOException {
        var folder = Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"))
                .resolve("data/pools");
        var file = folder.resolve(pool + ".jsonl.gz");
        assumeTrue(Files.exists(file), () -> "optional local data is missing: " + file);
        var line = "run --model replay:%s --out out --json %s".formatted(file.toAbsolutePath(), arguments);
        var ended = new TestingShell(temporary).checkedRun(line.split(" ", -1));
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended.json().getFirst();
    }

    @Test
    void aimeByMajorityOfForty() throws IOException {
        var figures = replay("aime24-o3mini-low-x40", "--strategy self-consistency -n 40");
        // 21 of 30 with one tie, which another order of the draws may turn
        assertThat(figures.path("fates").path("right").asInt()).isBetween(20, 22);
        assertThat(figures.path("curve").path(0).path("pass").path("value").asDouble())
                .isEqualTo(0.6125);
        assertThat(Math.round(30
                        * figures.path("curve")
                                .path(39)
                                .path("pass")
                                .path("value")
                                .asDouble()))
                .isEqualTo(27);
        assertThat(figures.path("usage").path("work").asLong() / 1200.0).isCloseTo(1637.5, within(0.05));
    }

    @Test
    void brumoByMajorityOfSixtyFour() throws IOException {
        var vote = replay("brumo25-r1-qwen8b-confidence", "--strategy self-consistency -n 64");
        assertThat(vote.path("fates").path("right").asInt()).isBetween(8, 9); // one tie
    }

    @Test
    void brumoWeightedByConfidence() throws IOException {
        var weighted = replay("brumo25-r1-qwen8b-confidence", "--strategy deepconf -S measure=mean -S keep=100 -n 64");
        assertThat(weighted.path("fates").path("right").asInt()).isEqualTo(12);
    }

    @Test
    void gameOf24AnyOfAHundred() throws IOException {
        var any = replay("game24-gpt4-cot-100x100", "--strategy best-of-n -S verifier=rule -n 100");
        assertThat(any.path("fates").path("right").asInt()).isEqualTo(49);
        assertThat(any.path("curve").path(0).path("pass").path("value").asDouble())
                .isEqualTo(0.0403);
    }
}
