package parathink.eval.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.evidence.Intervals;

final class SweepDifferencesTest {
    /** A cell that solves the first of twelve problems. */
    private static SweepCell cell(String name, int solved, double work) {
        var ids = new ArrayList<String>();
        var right = new ArrayList<Double>();
        for (int i = 0; i < 12; i++) {
            ids.add("p" + i);
            right.add(i < solved ? 1.0 : 0.0);
        }
        var spent = Collections.nCopies(12, work);
        return new SweepCell(
                Path.of("sweep", name),
                "esc",
                Map.of(),
                12,
                0,
                Intervals.DEFAULT.share(solved, 12),
                ids,
                right,
                spent,
                spent,
                Optional.empty());
    }

    @Test
    void pairsEveryCellWithTheFirstAndWithTheBest() {
        var json = SweepDifferences.json(List.of(cell("a", 6, 10), cell("b", 12, 40), cell("c", 6, 20)), 1, 0);

        assertThat(json.path("problems").asInt()).isEqualTo(12);
        var better = json.path("differences").path(0);
        assertThat(better.path("run").asText()).isEqualTo("b");
        assertThat(better.path("reference").asText()).isEqualTo("a");
        assertThat(better.path("accuracy").path("value").asDouble()).isCloseTo(0.5, within(1e-12));
        assertThat(better.path("won").asInt()).isEqualTo(6);
        assertThat(better.path("p_exact").asDouble()).isCloseTo(2.0 / 64, within(1e-12)); // six of six
        assertThat(better.path("p_holm").asDouble()).isCloseTo(2 * 1.0 / 64, within(1e-12)); // mid-p, twice
        assertThat(better.path("different").asBoolean()).isTrue();
        assertThat(better.path("ratio").path("work").path("value").asDouble()).isCloseTo(4, within(1e-12));
        assertThat(json.path("differences")
                        .path(1)
                        .path("accuracy")
                        .path("value")
                        .asDouble())
                .isZero();
        assertThat(json.path("to_best")).hasSize(2);
        assertThat(json.path("to_best").path(0).path("run").asText()).isEqualTo("a");
        assertThat(json.path("to_best").path(0).path("accuracy").path("value").asDouble())
                .isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void saysItOnceWhereTheFirstIsTheBest() {
        var json = SweepDifferences.json(List.of(cell("a", 12, 10), cell("b", 6, 40)), 1, 0);

        assertThat(json.path("differences")).hasSize(1);
        assertThat(json.has("to_best")).isFalse();
    }

    @Test
    void comparesNothingWithASingleCell() {
        assertThat(SweepDifferences.json(List.of(cell("a", 12, 10)), 1, 0)).isEmpty();
    }
}
