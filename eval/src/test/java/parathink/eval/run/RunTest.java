package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.VoteCount;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;
import parathink.models.UniformModel;

final class RunTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 100);

    @TempDir
    private Path folder;

    @Test
    void writesOneLineAProblemAndOneACompletion() {
        var status = run("all", new ScriptedModel("= a", "= B", "= b", "x = C", "c", "= d"), dataset("b", "c"), 3, 1);

        assertThat(status).isEqualTo(RunRecord.Status.COMPLETE);
        var read = RunDirectory.read(folder.resolve("all"));
        assertThat(read.problems()).extracting(ProblemLine::answer).containsExactly(Optional.of("B"), Optional.of("C"));
        assertThat(read.problems())
                .extracting(line -> line.correct().orElseThrow())
                .containsExactly(true, true);
        assertThat(read.problems()).allMatch(ProblemLine::oracle);
        var first = read.completions(new Attempt("p1", 0));
        assertThat(first)
                .extracting(line -> line.answer().orElseThrow())
                .containsExactly("a", "B", "B"); // one spelling
        assertThat(first).extracting(line -> line.correct().orElseThrow()).containsExactly(false, true, true);
        assertThat(first.stream().mapToLong(CompletionLine::tokens).sum())
                .isEqualTo(read.problems().getFirst().usage().work());
        assertThat(read.problems().getLast().votes())
                .containsExactly(new VoteCount("C", 1, 1), new VoteCount("d", 1, 1));
    }

    @Test
    void aRunKilledAtAnyByteEndsInTheSameFilesAsOneThatWasNot() throws IOException {
        var scripts = new String[] {"= a", "= b", "= b", "= c", "c", "= d", "= e", "= e", "= f"};
        run("whole", new ScriptedModel(scripts), dataset("b", "c", "e"), 3, 1);
        var problems = Files.readAllBytes(folder.resolve("whole/problems.jsonl"));
        var completions = Files.readAllBytes(folder.resolve("whole/completions.jsonl"));
        for (int cut = 0; cut < completions.length; cut += 97) {
            var killed = folder.resolve("killed" + cut);
            Files.createDirectories(killed);
            Files.copy(folder.resolve("whole/run.json"), killed.resolve("run.json"));
            Files.write(killed.resolve("completions.jsonl"), java.util.Arrays.copyOf(completions, cut));
            int problemsDone = count(completions, cut) / 3;
            Files.write(killed.resolve("problems.jsonl"), firstLines(problems, problemsDone));
            int finished = count(completions, cut);
            var left = List.of(scripts).subList(finished, scripts.length).toArray(String[]::new);

            run("killed" + cut, new ScriptedModel(left), dataset("b", "c", "e"), 3, 1);

            assertThat(Files.readAllBytes(killed.resolve("problems.jsonl"))).isEqualTo(problems);
            assertThat(Files.readAllBytes(killed.resolve("completions.jsonl"))).isEqualTo(completions);
        }
    }

    @Test
    void aFailedProblemIsALineWithItsError() {
        var status = run("failing", new ScriptedModel("= b").failingAfter(1), dataset("b"), 1, 1);

        assertThat(status).isEqualTo(RunRecord.Status.COMPLETE);
        var line = RunDirectory.read(folder.resolve("failing")).problems().getFirst();
        assertThat(line.status()).isEqualTo(ProblemLine.Status.ERROR);
        assertThat(line.error()).contains("the scripted model was told to fail");
        assertThat(line.correct()).contains(false);
    }

    @Test
    void tokensThatAnInterruptedRunHadSavedAreNotDecodedNow() throws IOException {
        var started = folder.resolve("saved");
        saving("started", () -> copyJournal(folder.resolve("started"), started));
        int saved = Files.readAllLines(started.resolve("journal.jsonl")).size() * 2;

        saving("saved", () -> {});

        var read = RunDirectory.read(started);
        var whole = RunDirectory.read(folder.resolve("started"));
        assertThat(read.problems()).isEqualTo(whole.problems());
        assertThat(saved).isPositive();
        assertThat(read.timing().getFirst().tokens())
                .isEqualTo(whole.timing().getFirst().tokens() - saved);
    }

    /** One problem on a model that saves every second token. */
    private void saving(String name, Runnable ended) {
        var model = new UniformModel();
        try (var engine = new LocalEngine(model, model.dialect(), 2);
                var results = Results.open(folder.resolve(name))) {
            var spec = spec(3, 1, new SamplingParams(1, 0, 1, 0, 30));
            new Run(spec, dataset("b"), results, engine, (line, s, t) -> ended.run(), CLOCK).execute(1, Map.of());
        }
    }

    /** The blocks of decodes that have not ended, as a kill would leave them. */
    private static void copyJournal(Path from, Path to) {
        try {
            Files.createDirectories(to);
            Files.write(
                    to.resolve("journal.jsonl"),
                    Files.readAllLines(from.resolve("journal.jsonl")).stream()
                            .filter(line -> line.contains("\"ended\":false"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anotherSpecInTheSameFolderIsRefusedNamingTheDifference() throws IOException {
        run("taken", new ScriptedModel("= a", "= b"), dataset("b"), 2, 1);
        var before = Files.readAllBytes(folder.resolve("taken/problems.jsonl"));

        assertThatThrownBy(() -> run("taken", new ScriptedModel("= a", "= b", "= b"), dataset("b"), 3, 1))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("settings.strategy.branches is \"2\" there, \"3\" here");
        assertThat(Files.readAllBytes(folder.resolve("taken/problems.jsonl"))).isEqualTo(before);
    }

    @Test
    void aStoppedRunKeepsWhatIsFinishedAndGoesOnLater() {
        var model = new ScriptedModel("= b", "= c", "= e");
        try (var engine = new LocalEngine(model);
                var results = Results.open(folder.resolve("stopped"))) {
            var stop = new ArrayList<Runnable>();
            var run = new Run(
                    spec(1),
                    dataset("b", "c", "e"),
                    results,
                    engine,
                    (line, s, t) -> stop.getFirst().run(),
                    CLOCK);
            stop.add(run::stop);

            assertThat(run.execute(1, Map.of())).isEqualTo(RunRecord.Status.INTERRUPTED);
        }
        assertThat(RunDirectory.read(folder.resolve("stopped")).problems()).hasSize(1);

        assertThat(run("stopped", new ScriptedModel("= c", "= e"), dataset("b", "c", "e"), 1, 1))
                .isEqualTo(RunRecord.Status.COMPLETE);
        assertThat(RunDirectory.read(folder.resolve("stopped")).problems())
                .extracting(line -> line.answer().orElseThrow())
                .containsExactly("b", "c", "e");
    }

    @Test
    void repeatsAreAttemptsWithSeedsOfTheirOwn() {
        run("twice", new ScriptedModel("= b", "= a"), dataset("b"), 1, 2);

        var read = RunDirectory.read(folder.resolve("twice"));
        assertThat(read.problems()).extracting(ProblemLine::repeat).containsExactly(0, 1);
        assertThat(read.completions(new Attempt("p1", 0)).getFirst().seed())
                .isNotEqualTo(read.completions(new Attempt("p1", 1)).getFirst().seed());
    }

    @Test
    void eightProblemsAtOnceWriteTheSameBytesAsOneAtATime() throws IOException {
        var problems = dataset("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        var sampled = new RunSpec(
                "uniform",
                "letters",
                Map.of(),
                "self-consistency",
                Map.of("branches", "4"),
                new SamplingParams(1, 0, 1, 0, 100),
                OptionalLong.of(150), // spent by some problems and not by others
                2,
                7);
        for (int concurrency : new int[] {1, 8}) {
            try (var engine = new LocalEngine(new UniformModel());
                    var results = Results.open(folder.resolve("at-once-" + concurrency))) {
                new Run(sampled, problems, results, engine, RunListener.NONE, CLOCK).execute(concurrency, Map.of());
            }
        }
        for (var file : List.of("problems.jsonl", "completions.jsonl")) {
            assertThat(folder.resolve("at-once-8").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("at-once-1").resolve(file));
        }
        var finished = RunDirectory.read(folder.resolve("at-once-8")).problems().stream()
                .map(line -> line.usage().work())
                .toList();
        assertThat(finished).hasSize(20).contains(150L).anyMatch(work -> work < 150);
    }

    private RunRecord.Status run(String name, ScriptedModel model, Dataset dataset, int branches, int repeats) {
        try (var engine = new LocalEngine(model);
                var results = Results.open(folder.resolve(name))) {
            return new Run(spec(branches, repeats), dataset, results, engine, RunListener.NONE, CLOCK)
                    .execute(1, Map.of("parathink", "test"));
        }
    }

    private static RunSpec spec(int branches) {
        return spec(branches, 1);
    }

    private static RunSpec spec(int branches, int repeats) {
        return spec(branches, repeats, GREEDY);
    }

    private static RunSpec spec(int branches, int repeats, SamplingParams sampling) {
        return new RunSpec(
                "scripted",
                "letters",
                Map.of(),
                "self-consistency",
                Map.of("branches", Integer.toString(branches)),
                sampling,
                OptionalLong.empty(),
                repeats,
                7);
    }

    private static Dataset dataset(String... references) {
        var problems = new ArrayList<Problem>();
        for (var reference : references) {
            int number = problems.size() + 1;
            var question = new Question("question " + number, new TextAnswers());
            problems.add(new Problem("p" + number, question, Optional.of(reference)));
        }
        return new Dataset("letters", problems, List.of());
    }

    private static int count(byte[] bytes, int end) {
        int lines = 0;
        for (int i = 0; i < end; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static byte[] firstLines(byte[] bytes, int lines) {
        int end = 0;
        for (int left = lines; left > 0; end++) {
            left -= bytes[end] == '\n' ? 1 : 0;
        }
        return java.util.Arrays.copyOf(bytes, end);
    }
}
