package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;

final class ComparisonTest {
    private static final ComparisonSpec PLAIN = spec(Optional.empty(), OptionalDouble.empty());

    @TempDir
    private Path folder;

    private static ComparisonSpec spec(Optional<Measure> match, OptionalDouble at) {
        return new ComparisonSpec(
                false,
                OptionalDouble.of(3),
                match,
                at,
                Optional.of(new Prices(2, 10)),
                Optional.empty(),
                Optional.empty(),
                1000,
                5);
    }

    /** Four completions on each of 4 problems: of 10, 20, 30 and 40 tokens. */
    private RunDirectory majority() {
        var run = new MadeRun(folder.resolve("majority"), "self-consistency");
        run.attempt("a", 0, "1", List.of("1", "1", "1", "1"), 10, 20, 30, 40);
        run.attempt("b", 0, "1", List.of("1", "1", "1", "2"), 10, 20, 30, 40);
        run.attempt("c", 0, "2", List.of("2", "2", "1", ""), 10, 20, 30, 40);
        run.attempt("d", 0, "2", List.of("2", "2", "2", "2"), 10, 20, 30, 40);
        return run.read();
    }

    private RunDirectory greedy() {
        var run = new MadeRun(folder.resolve("greedy"), "greedy");
        run.attempt("a", 0, "1", List.of("1"), 50);
        run.attempt("b", 0, "2", List.of("2"), 50);
        run.attempt("c", 0, "2", List.of("2"), 50);
        run.attempt("d", 0, "2", List.of("2"), 50);
        return run.read();
    }

    private static JsonNode json(Comparison comparison) {
        return comparison.json();
    }

    @Test
    void countsProblemsWonAndLostAndWhatWasSpent() {
        var json = json(Comparison.of(List.of(majority(), greedy()), PLAIN));

        assertThat(json.path("problems").asInt()).isEqualTo(4);
        var difference = json.path("differences").path(0);
        assertThat(difference.path("run").asText()).isEqualTo("greedy");
        assertThat(difference.path("reference").asText()).isEqualTo("majority");
        assertThat(difference.path("accuracy").path("value").asDouble()).isEqualTo(-0.25);
        assertThat(difference.path("won").asInt()).isZero();
        assertThat(difference.path("lost").asInt()).isEqualTo(1);
        assertThat(difference.path("p_exact").asDouble()).isEqualTo(1);
        assertThat(difference.path("p_mid").asDouble()).isEqualTo(0.5);
        assertThat(difference.path("different").asBoolean()).isFalse();
        assertThat(difference.path("no_worse").asBoolean()).isFalse();
        var spend = difference.path("spend");
        assertThat(spend.path("work").path("value").asDouble()).isEqualTo(50 - 100);
        assertThat(spend.path("span").path("value").asDouble()).isEqualTo(50 - 40);
        assertThat(spend.path("usd").path("value").asDouble()).isCloseTo(-50 * 10 / 1e6, within(1e-15));
        assertThat(difference.path("ratio").path("work").path("value").asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void countsMultiplyAccumulatesByTheModelsShape() {
        var runs = json(Comparison.of(List.of(majority(), greedy()), PLAIN)).path("runs");

        // 2 layers, h 8, kv 4, f 16: matrices 2*64 + 64 + 3*128 = 576 a token; attention 8 * T (T + 1) / 2
        double greedy = 2 * (576 * 50 + 8 * 50 * 51 / 2.0);
        double majority = 2 * (576 * 100 + 4 * (10 * 11 + 20 * 21 + 30 * 31 + 40 * 41));
        assertThat(runs.path(1).path("spend").path("flops").asDouble()).isEqualTo(greedy);
        assertThat(runs.path(0).path("spend").path("flops").asDouble()).isEqualTo(majority);
    }

    @Test
    void putsPlainMajorityOfTheSameWorkBesideEveryRun() {
        var row = json(Comparison.of(List.of(majority(), greedy()), PLAIN))
                .path("matched")
                .path("rows")
                .path(1);

        // 50 tokens are two completions of 25; of two: a always right; b 1/2 + 1/2 * 1/2; c of the six pairs 2-2 wrong,
        // 2-1 and
        // 2-1 half, 2-none and 2-none wrong, 1-none right: 2/6; d never
        assertThat(row.path("spend").asDouble()).isEqualTo(50);
        assertThat(row.path("majority").path("completions").asDouble()).isCloseTo(2, within(1e-9));
        assertThat(row.path("majority").path("accuracy").path("value").asDouble())
                .isCloseTo((1 + 0.75 + 2 / 6.0 + 0) / 4, within(1e-12));
        assertThat(row.path("majority").path("difference").path("value").asDouble())
                .isCloseTo(0.25 - (1 + 0.75 + 2 / 6.0) / 4, within(1e-12));
        assertThat(row.path("majority").path("crossover").path("value").asDouble())
                .isCloseTo(25, within(1e-9)); // one completion is right in half of the cases, greedy in a quarter
    }

    @Test
    void bringsAMajorityToASmallerSpendOnItsCurve() {
        var comparison =
                Comparison.of(List.of(majority(), greedy()), spec(Optional.of(Measure.WORK), OptionalDouble.of(62.5)));

        var row = json(comparison).path("matched").path("rows").path(0);
        // half of the problems with two completions, half with three: of three, a and b right; c of 221, 22-, 2 1 -
        // twice:
        // the last two tie, so 2 * 1/2 / 4; d wrong
        double two = (1 + 0.75 + 2 / 6.0) / 4;
        double three = (1 + 1 + 0.25) / 4;
        assertThat(row.path("brought").asBoolean()).isTrue();
        assertThat(row.path("completions").asDouble()).isCloseTo(2.5, within(1e-9));
        assertThat(row.path("accuracy").path("value").asDouble()).isCloseTo((two + three) / 2, within(1e-12));
        assertThat(json(comparison)
                        .path("matched")
                        .path("rows")
                        .path(1)
                        .path("remark")
                        .asText())
                .contains("stays at its own spend");
    }

    @Test
    void matchesSpanBySubsetsAndSecondsInProportion() {
        var bySpan =
                Comparison.of(List.of(majority(), greedy()), spec(Optional.of(Measure.SPAN), OptionalDouble.of(30)));
        var bySeconds = Comparison.of(
                List.of(majority(), greedy()), spec(Optional.of(Measure.SECONDS), OptionalDouble.of(0.25)));

        // the longest of one is 25 on average, of two (20 + 30*2 + 40*3) / 6 = 33.3: 30 lies at 0.6 between
        assertThat(json(bySpan)
                        .path("matched")
                        .path("rows")
                        .path(0)
                        .path("completions")
                        .asDouble())
                .isCloseTo(1.6, within(1e-9));
        assertThat(json(bySeconds)
                        .path("matched")
                        .path("rows")
                        .path(0)
                        .path("completions")
                        .asDouble())
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void treatsAProblemWithItsRepeatsAsOneUnit() {
        var first = new MadeRun(folder.resolve("first"), "sample");
        var second = new MadeRun(folder.resolve("second"), "sample");
        for (var id : List.of("a", "b", "c")) {
            for (int repeat = 0; repeat < 4; repeat++) {
                first.attempt(id, repeat, repeat == 0 ? "1" : "2", List.of("1"), 5);
                second.attempt(id, repeat, "1", List.of("1"), 5);
            }
        }

        var difference = json(Comparison.of(List.of(first.read(), second.read()), PLAIN))
                .path("differences")
                .path(0);

        assertThat(difference.path("accuracy").path("value").asDouble()).isEqualTo(0.75);
        assertThat(difference.path("p_exact").asDouble()).isEqualTo(2 * 0.125); // three signs, not nine won attempts
    }

    @Test
    void comparesWhatAllHaveAndSaysWhatItLeftOut() {
        var partial = new MadeRun(folder.resolve("partial"), "greedy");
        partial.attempt("b", 0, "1", List.of("1"), 5).attempt("c", 0, "1", List.of("1"), 5);

        var comparison = Comparison.of(List.of(majority(), partial.read(4)), PLAIN);

        assertThat(json(comparison).path("problems").asInt()).isEqualTo(2);
        assertThat(comparison.warnings())
                .anyMatch(line -> line.contains("partial is not complete: 2 of 4 attempts"))
                .anyMatch(line -> line.contains("majority has 2 finished problems that another run has not"));
    }

    @Test
    void refusesRunsThatCannotBeCompared() {
        var majority = majority();
        var others = new MadeRun(folder.resolve("others"), "greedy");
        others.attempt("x", 0, "1", List.of("1"), 5).attempt("y", 0, "1", List.of("1"), 5);
        var strangers = others.read();

        assertThatThrownBy(() -> Comparison.of(List.of(majority, strangers), PLAIN))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("others: has no problem in common with")
                .hasMessageContaining("sums with 'x' here, sums with 'a' there");
        assertThatThrownBy(() -> Comparison.of(List.of(majority, majority), PLAIN))
                .hasMessageContaining("given twice");
    }

    @Test
    void refusesOneIdWithTwoReferencesOrTwoGraders() throws Exception {
        var majority = majority();
        var greedy = greedy().path().resolve("problems.jsonl");
        var lines = Files.readString(greedy);

        Files.writeString(greedy, lines.replaceFirst("\"reference\":\"1\"", "\"reference\":\"7\""));
        assertThatThrownBy(() -> compareWithGreedy(majority))
                .hasMessageContaining("problem 'a' has the reference '7', and '1' in");

        Files.writeString(greedy, lines.replaceFirst("what is a", "what was a"));
        assertThatThrownBy(() -> compareWithGreedy(majority)).hasMessageContaining("'a' asks something else than in");

        Files.writeString(greedy, lines.replaceFirst("\"correct\":true", "\"correct\":false"));
        assertThatThrownBy(() -> compareWithGreedy(majority))
                .hasMessageContaining("problem 'a' grades the answer 1 as wrong")
                .hasMessageContaining("as right; run both with the same version");
    }

    private Comparison compareWithGreedy(RunDirectory majority) {
        return Comparison.of(List.of(majority, RunDirectory.read(folder.resolve("greedy"))), PLAIN);
    }

    @Test
    void fitsAHundredColumnsAndWritesItsTables() {
        var comparison = Comparison.of(List.of(majority(), greedy()), PLAIN);

        assertThat(comparison.terminal().lines()).allMatch(line -> line.length() <= 100);
        comparison.writeTo(folder.resolve("tables"));
        assertThat(folder.resolve("tables/differences.csv")).content().contains("greedy,majority,-0.25,");
        assertThat(folder.resolve("tables/matched.md")).content().contains("| greedy | greedy | work | 50 |");
    }
}
