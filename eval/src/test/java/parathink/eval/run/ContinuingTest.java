package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import parathink.eval.directory.ContinuationLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.TruncationBounds;
import parathink.eval.report.Report;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;

/** Runs of a scripted model that is cut off after ten tokens, and then made to answer. */
final class ContinuingTest {
    private static final RunSpec SPEC = new RunSpec(
            "scripted",
            "letters",
            Map.of(),
            "self-consistency",
            Map.of("branches", "3"),
            new SamplingParams(0, 0, 1, 0, 10),
            OptionalLong.empty(),
            1,
            7);
    private static final Dataset ONE = new Dataset(
            "letters",
            List.of(new Problem("p1", new Question("which?", new TextAnswers()), Optional.of("a"))),
            List.of());

    @TempDir
    private Path folder;

    private void record() {
        try (var engine = new LocalEngine(new ScriptedModel("= b", "hm, let me think", "well, it could be"));
                var results = Results.open(folder)) {
            new Run(SPEC, ONE, results, engine, RunListener.NONE, Clock.systemUTC()).execute(1, Map.of());
        }
    }

    private List<ContinuationLine> makeAnswer(ScriptedModel model) {
        try (var engine = new LocalEngine(model)) {
            return new Continuing(RunDirectory.read(folder), SPEC, ONE, engine, 5, Optional.of(" = ")).execute();
        }
    }

    private TruncationBounds bounds() {
        return Report.of(folder).metrics().evidence().truncation().orElseThrow();
    }

    @Test
    void branchesThatWereCutOffAnswerAfterTheClosingAndTheOthersAreLeftAlone() {
        record();

        var lines = makeAnswer(new ScriptedModel("a", "a"));

        assertThat(lines).extracting(ContinuationLine::path).containsExactly("0/1", "0/2");
        assertThat(lines).extracting(ContinuationLine::text).containsExactly("a", "a");
        assertThat(lines).extracting(ContinuationLine::correct).containsOnly(Optional.of(true));
        // nine characters after the opening token, three of the closing
        assertThat(lines).extracting(ContinuationLine::prefill).containsOnly(12L);
        assertThat(lines).extracting(ContinuationLine::tokens).containsOnly(1 + ScriptedModel.OVERHEAD);
    }

    @Test
    void theReportCountsWhatTheyAnsweredAndBillsItApart() throws Exception {
        record();
        var before = Files.readString(folder.resolve("problems.jsonl"));
        assertThat(bounds().forced()).isZero();

        makeAnswer(new ScriptedModel("a", "a"));

        assertThat(Files.readString(folder.resolve("problems.jsonl"))).isEqualTo(before);
        assertThat(bounds().forced()).isEqualTo(2);
        assertThat(bounds().forcedWork()).isEqualTo(2 * (1 + ScriptedModel.OVERHEAD));
        assertThat(bounds().treatments())
                .filteredOn(row -> row.treatment() == TruncationBounds.Treatment.FORCED)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.single().value()).isEqualTo(2.0 / 3);
                    assertThat(row.plurality().value()).isEqualTo(1); // a twice, b once
                });
    }

    @Test
    void oneWithoutRoomInTheModelsContextIsLeftOut() {
        record();

        // what was said fits, nine characters; the closing does not
        assertThat(makeAnswer(new ScriptedModel("a", "a").withContextLength(roomForPromptAnd(10))))
                .isEmpty();
        assertThat(folder.resolve("continuations.jsonl")).isEmptyFile();
    }

    private static int roomForPromptAnd(int more) {
        try (var engine = new LocalEngine(new ScriptedModel("a"))) {
            var question = ONE.problems().getFirst().question();
            return engine.tokens(engine.render(Prompt.user(question.asked(), question.instruction()))).length + more;
        }
    }
}
