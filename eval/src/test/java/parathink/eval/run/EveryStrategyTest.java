package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.UniformModel;
import parathink.strategies.Strategies;
import parathink.strategies.StrategyEntry;

/** What a run promises of every strategy of the catalogue: the same bytes however many problems run at once, and after a kill. */
final class EveryStrategyTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 40);
    private static final Map<String, Map<String, String>> SMALL = Map.of(
            "pdr", Map.of("rounds", "4,2", "groups", "own"),
            "rsa", Map.of("population", "3", "k", "2", "rounds", "3"),
            "sequential-refinement", Map.of("rounds", "2", "analysis", "true"),
            "deepprune", Map.of("judge", "own", "cut", "tokens=9", "k1", "1", "k2", "2", "k3", "2"),
            "deepconf-online", Map.of("warmup", "2", "window", "8"));

    @TempDir
    private Path folder;

    /** Those that work on a model that reads instructions, with settings under which they are small. */
    static Stream<RunSpec> specs() {
        try (var engine = new LocalEngine(new UniformModel())) {
            return Strategies.all().stream()
                    .map(EveryStrategyTest::spec)
                    .filter(spec ->
                            spec.objection(question(0), engine.dialect()).isEmpty())
                    .toList()
                    .stream();
        }
    }

    @Test
    void mostOfTheCatalogueIsTriedHere() {
        assertThat(specs().map(RunSpec::strategy))
                .contains(
                        "greedy",
                        "self-consistency",
                        "esc",
                        "deepconf-online",
                        "deepprune",
                        "pdr",
                        "rsa",
                        "sequential-refinement");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void fourOrSixteenProblemsAtOnceWriteTheBytesOfOneAtATime(RunSpec spec) throws IOException {
        run(spec, "1", 1);
        assertThat(RunDirectory.read(folder.resolve("1")).problems())
                .hasSize(6)
                .allMatch(line -> line.error().isEmpty() && line.usage().work() > 0);
        for (int concurrency : new int[] {4, 16}) {
            run(spec, Integer.toString(concurrency), concurrency);
            for (var file : List.of("problems.jsonl", "completions.jsonl")) {
                assertThat(folder.resolve(Integer.toString(concurrency)).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("1").resolve(file));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aKilledRunGoesOnToTheSameBytes(RunSpec spec) throws IOException {
        run(spec, "whole", 1);
        var whole = folder.resolve("whole");
        var problems = Files.readAllLines(whole.resolve("problems.jsonl"));
        var completions = Files.readAllBytes(whole.resolve("completions.jsonl"));
        for (int part = 1; part <= 7; part++) {
            var killed = Files.createDirectories(folder.resolve("killed" + part));
            Files.copy(whole.resolve("run.json"), killed.resolve("run.json"));
            var kept = Arrays.copyOf(completions, completions.length * part / 8);
            Files.write(killed.resolve("completions.jsonl"), kept);
            // a problem's line is written when all its completions are: the last one begun may have none yet
            var last = new String(kept, StandardCharsets.UTF_8).lines().toList().getLast();
            var done = new ArrayList<String>();
            for (int i = 0; i < problems.size() && !last.contains("\"p%d\"".formatted(i)) && last.length() > 20; i++) {
                done.add(problems.get(i));
            }
            Files.write(killed.resolve("problems.jsonl"), done);

            run(spec, "killed" + part, 4);

            for (var file : List.of("problems.jsonl", "completions.jsonl")) {
                assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    private void run(RunSpec spec, String name, int concurrency) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < 6; i++) {
            problems.add(new Problem("p" + i, question(i), Optional.empty()));
        }
        try (var engine = new LocalEngine(new UniformModel());
                var results = Results.open(folder.resolve(name))) {
            var status = new Run(
                            spec, new Dataset("letters", problems, List.of()), results, engine, RunListener.NONE, CLOCK)
                    .execute(concurrency, Map.of("parathink", "test"));
            assertThat(status).isEqualTo(RunRecord.Status.COMPLETE);
        }
    }

    private static Question question(int number) {
        return new Question("question " + number, new LengthAnswers());
    }

    private static RunSpec spec(StrategyEntry entry) {
        var settings = new HashMap<>(SMALL.getOrDefault(entry.name(), Map.of()));
        if (entry.settings().stream().anyMatch(setting -> setting.name().equals("branches"))) {
            settings.put("branches", "5");
        }
        return new RunSpec(
                "uniform", "letters", Map.of(), entry.name(), settings, SAMPLING, OptionalLong.of(900), 1, 7);
    }
}
