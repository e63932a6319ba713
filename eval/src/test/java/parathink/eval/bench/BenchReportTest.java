package parathink.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.bench.BenchReport.Side;
import parathink.eval.directory.Json;
import parathink.models.ModelSize;

final class BenchReportTest {
    /** 2 layers of 8 key and value numbers each: 2 x 2 x 8 numbers of 4 bytes a token. */
    private static final ModelSize SIZE = new ModelSize(1000, 2, 16, 8, 32);

    /** Ours decodes 40 tokens in 1 and 2 s, the other in 4 s; both read 20 tokens, in 0.5 and in 1 s. */
    private static final BenchReport REPORT = new BenchReport(
            "small <model>",
            Optional.of(SIZE),
            new BenchSetting(2, false, 0.6, 1),
            List.of(
                    new Side("parathink", 0.25, OptionalLong.of(3 << 20)),
                    new Side("<b>other</b>\u001b[2J", 1.5, OptionalLong.empty())),
            List.of(new BenchResult(
                    new BenchShape(2, 10, 20),
                    List.of(
                            List.of(new Timing(20, 0.5, 40, 1), new Timing(20, 0.5, 40, 2)),
                            List.of(new Timing(20, 1, 40, 4), new Timing(20, 1, 40, 4))))));

    @Test
    void theTableHasMediansSpreadsAndRatios() {
        assertThat(REPORT.terminal())
                .contains(
                        "small <model>, a prompt a row, temperature 0.6, top-p 1.0, 20 tokens a row, 2 threads, median (low to high) of 2")
                .contains("40 (40 to 40)", "30 (20 to 40)") // ours
                .contains("20 (20 to 20)", "10 (10 to 10)") // the other's
                .contains("2.00 (2.00 to 2.00)", "3.00 (2.00 to 4.00)")
                .contains("parathink: ready after 0.25 s, 3 MiB at most")
                .doesNotContain("\u001b");
    }

    @Test
    void jsonHasEveryRound() {
        var json = REPORT.json();

        var result = json.path("results").path(0);
        assertThat(result.path("kv_bytes").asLong()).isEqualTo(4L * 2 * 2 * 8 * 31 * 2); // 31 tokens in each of 2 rows
        var ours = result.path("engines").path(0);
        assertThat(ours.path("decode").path("rounds").toString()).isEqualTo("[40.0,20.0]");
        assertThat(ours.has("decode_ratio")).isFalse();
        var ratio = result.path("engines").path(1).path("decode_ratio");
        assertThat(ratio.path("median").asDouble()).isEqualTo(3);
        assertThat(ratio.path("low").asDouble()).isEqualTo(2);
        assertThat(json.path("engines").path(0).path("peak_bytes").asLong()).isEqualTo(3 << 20);
    }

    @Test
    void aPromptThatBranchesShareIsCountedOnceAndTold(@TempDir Path folder) throws IOException {
        var report = new BenchReport(
                REPORT.model(),
                REPORT.size(),
                new BenchSetting(2, true, 0, 0.9),
                REPORT.sides().subList(0, 1),
                List.of(new BenchResult(new BenchShape(2, 10, 20), List.of(List.of(new Timing(10, 0.5, 40, 1))))));

        var json = report.json();

        // 10 tokens of the prompt and 21 of each of 2 rows
        assertThat(json.path("results").path(0).path("kv_bytes").asLong()).isEqualTo(4L * 2 * 2 * 8 * (10 + 2 * 21));
        assertThat(json.path("branches").asBoolean()).isTrue();
        assertThat(json.path("temperature").asDouble()).isZero();
        assertThat(json.path("top_p").asDouble()).isEqualTo(0.9);
        assertThat(report.terminal()).contains("branches of one prompt, temperature 0.0, top-p 0.9");
        report.writeTo(folder);
        assertThat(Files.readString(folder.resolve("bench.html")))
                .contains("branches of one prompt, temperature 0.0, top-p 0.9");
    }

    @Test
    void thePageNeedsNothingFromOutsideAndEscapesNames(@TempDir Path folder) throws IOException {
        REPORT.writeTo(folder);

        var page = Files.readString(folder.resolve("bench.html"));
        assertThat(page)
                .contains("default-src 'none'", "<svg class=\"chart\"", "small &lt;model&gt;", "&lt;b&gt;other")
                .contains("3.00 (2.00 to 4.00)", "prefers-color-scheme: dark")
                .doesNotContain("<b>other", "<script", "http:", "https:", "{{");
        assertThat(Json.MAPPER.readTree(folder.resolve("bench.json").toFile()))
                .hasToString(REPORT.json().toString());
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    /** The scale goes from 8 to 64: 8 lies on the axis, a doubling is a third of the height, the fastest round on top. */
    @Test
    void aDoublingIsAsFarEverywhere() {
        var line = new SpeedChart.Line(
                "x",
                List.of(
                        new SpeedChart.Point(1, new Speeds(List.of(8.0))),
                        new SpeedChart.Point(4, new Speeds(List.of(16.0))),
                        new SpeedChart.Point(16, new Speeds(List.of(64.0)))));

        // left 56 + 16 to 480 - 16 - 16; bottom 300 - 32, top 12
        assertThat(new SpeedChart("t", List.of(line)).svg()).contains("points=\"72.0,268.0 260.0,182.7 448.0,12.0\"");
    }
}
