package parathink.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.WanderingModel;
import parathink.strategies.Strategies;
import parathink.strategies.StrategyEntry;

/** What is true of every strategy of the catalogue: what else is in flight, and what was interrupted, changes no byte of its results. */
final class CatalogueInvarianceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final List<String> FILES = List.of("problems.jsonl", "completions.jsonl");

    /** So that texts of some ten tokens are cut, compared and stopped; each for the strategies that have such a setting. */
    private static final Map<String, String> SMALL =
            Map.of("branches", "6", "window", "2", "warmup", "3", "parallel", "2", "keep", "50");

    /** Spent by some problems and not by others. */
    private static final long BUDGET = 90;

    @TempDir
    private Path folder;

    static Stream<String> strategies() {
        return Strategies.all().stream().map(StrategyEntry::name);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void concurrencyChangesNoByte(String strategy) {
        for (int concurrency : new int[] {1, 4, 16}) {
            run(strategy, "at-" + concurrency, concurrency);
        }
        for (var file : FILES) {
            for (var other : List.of("at-4", "at-16")) {
                assertThat(folder.resolve(other).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("at-1").resolve(file));
            }
        }
        var problems = RunDirectory.read(folder.resolve("at-1")).problems();
        assertThat(problems).hasSize(20).noneMatch(line -> line.error().isPresent());
        if (!strategy.equals("greedy")) { // it wanders for ever
            assertThat(problems.stream().map(ProblemLine::answer).distinct()).hasSizeGreaterThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aRunKilledAnywhereEndsInTheSameBytes(String strategy) throws IOException {
        run(strategy, "whole", 4);
        var whole = folder.resolve("whole");
        var completions = Files.readAllBytes(whole.resolve("completions.jsonl"));
        for (int cut : new int[] {0, completions.length / 5, completions.length / 2, completions.length - 3}) {
            var killed = Files.createDirectories(folder.resolve("killed-" + cut));
            Files.copy(whole.resolve("run.json"), killed.resolve("run.json"));
            Files.write(killed.resolve("completions.jsonl"), Arrays.copyOf(completions, cut));
            Files.write(killed.resolve("problems.jsonl"), finished(whole, killed));

            run(strategy, "killed-" + cut, 4);

            for (var file : FILES) {
                assertThat(killed.resolve(file)).as("cut at %d", cut).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    /** The lines of the attempts all of whose completions are there: a problem's line is written after them. */
    private static List<String> finished(Path whole, Path killed) throws IOException {
        var all = completions(whole);
        var there = completions(killed);
        return Files.readAllLines(whole.resolve("problems.jsonl")).stream()
                .filter(line -> {
                    var attempt = attempt(line);
                    return all.getOrDefault(attempt, 0).equals(there.getOrDefault(attempt, 0));
                })
                .toList();
    }

    /** Whole lines by attempt. */
    private static Map<String, Integer> completions(Path run) throws IOException {
        var counts = new TreeMap<String, Integer>();
        var text = Files.readString(run.resolve("completions.jsonl"));
        text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .forEach(line -> counts.merge(attempt(line), 1, Integer::sum));
        return counts;
    }

    private static String attempt(String line) {
        try {
            var json = Json.MAPPER.readTree(line);
            return json.path("problem").asText() + " " + json.path("repeat").asInt();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private void run(String strategy, String name, int concurrency) {
        var entry = Strategies.named(strategy);
        var settings = new TreeMap<>(SMALL);
        settings.keySet()
                .removeIf(key -> entry.settings().stream()
                        .noneMatch(setting -> setting.name().equals(key)));
        var spec = new RunSpec(
                "wandering",
                "letters",
                Map.of(),
                strategy,
                settings,
                new SamplingParams(1, 0, 1, 0, 40),
                OptionalLong.of(BUDGET),
                2,
                7);
        try (var engine = new LocalEngine(new WanderingModel());
                var results = Results.open(folder.resolve(name))) {
            var status =
                    new Run(spec, letters(), results, engine, RunListener.NONE, CLOCK).execute(concurrency, Map.of());
            assertThat(status).isEqualTo(RunRecord.Status.COMPLETE);
        }
    }

    private static Dataset letters() {
        var problems = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> new Problem(
                        "p" + number, new Question("question " + number, new TextAnswers()), Optional.of("a")))
                .toList();
        return new Dataset("letters", problems, List.of());
    }
}
