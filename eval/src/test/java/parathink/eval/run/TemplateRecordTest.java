package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
import parathink.eval.directory.RecordedTemplate;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.models.ChatTemplate;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;
import parathink.models.TemplateText;

/** What {@code run.json} says of the chat template that a model brought. */
final class TemplateRecordTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    /** A template with one variable. */
    private record Greeting(String name) implements ChatTemplate {
        @Override
        public String render(Prompt prompt) {
            return name + ": " + prompt.text();
        }

        @Override
        public Optional<TemplateText> text() {
            return Optional.of(new TemplateText("greeting.jinja", "{{ name }}: {{ text }}", Map.of("name", name)));
        }
    }

    private void run(ChatTemplate template) {
        var dataset = new Dataset(
                "tiny",
                List.of(new Problem("p1", new Question("Say b", new TextAnswers()), Optional.of("b"))),
                List.of());
        var spec = new RunSpec(
                "scripted",
                "tiny",
                Map.of(),
                "greedy",
                Map.of(),
                new SamplingParams(0, 0, 1, 0, 100),
                OptionalLong.empty(),
                1,
                0);
        var model = new ScriptedModel("= b");
        try (var engine = new LocalEngine(model, model.dialect(), template, 0);
                var results = Results.open(folder.resolve("run"))) {
            new Run(spec, dataset, results, engine, RunListener.NONE, CLOCK).execute(1, Map.of());
        }
    }

    @Test
    void keepsTextOptionsHashAndThePromptOfTheFirstProblem() {
        run(new Greeting("Ann"));

        var read = RunDirectory.read(folder.resolve("run")).run();
        assertThat(read.template())
                .contains(new RecordedTemplate(
                        new TemplateText("greeting.jinja", "{{ name }}: {{ text }}", Map.of("name", "Ann")),
                        "Ann: Say b"));
        // sha256sum of the text
        assertThat(read.hashes().get(RunRecord.CHAT_TEMPLATE))
                .isEqualTo("c9917d91f2405615ffb93526e4aac1527ca030515a5e065a07b1635dd55c8f8c");
    }

    @Test
    void aRunDoesNotGoOnWithOtherOptions() {
        run(new Greeting("Ann"));

        assertThatThrownBy(() -> run(new Greeting("Bob")))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("\"Ann\" there, \"Bob\" here");
    }

    @Test
    void aFormThatIsBuiltInIsNotRecorded() {
        run(prompt -> "Q: " + prompt.text());

        assertThat(RunDirectory.read(folder.resolve("run")).run().template()).isEmpty();
    }
}
