package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

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
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;

/** A problem that there is not enough memory for is a line with its error, and the others are solved. */
final class OutOfMemoryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    /** Answers that no heap is large enough for. */
    private record Endless(AnswerFormat usual) implements AnswerFormat {
        @Override
        public String name() {
            return usual.name();
        }

        @Override
        public String instruction() {
            return usual.instruction();
        }

        @Override
        public Optional<Answer> find(String completion) {
            throw new OutOfMemoryError("Java heap space");
        }

        @Override
        public Answer read(String text) {
            return usual.read(text);
        }

        @Override
        public boolean same(Answer reference, Answer answer) {
            return usual.same(reference, answer);
        }
    }

    @Test
    void oneProblemWithoutMemoryDoesNotLoseTheOthers() {
        var usual = new TextAnswers();
        var problems = List.of(
                new Problem("p1", new Question("one", usual), Optional.of("b")),
                new Problem("p2", new Question("two", new Endless(usual)), Optional.of("b")),
                new Problem("p3", new Question("three", usual), Optional.of("b")));
        try (var engine = new LocalEngine(new ScriptedModel("= b", "= b", "= b"));
                var results = Results.open(folder)) {
            var spec = new RunSpec(
                    "scripted",
                    "letters",
                    Map.of(),
                    "self-consistency",
                    Map.of("branches", "1"),
                    new SamplingParams(0, 0, 1, 0, 100),
                    OptionalLong.empty(),
                    1,
                    7);
            new Run(spec, new Dataset("letters", problems, List.of()), results, engine, RunListener.NONE, CLOCK)
                    .execute(1, Map.of());
        }

        var lines = RunDirectory.read(folder).problems();
        assertThat(lines)
                .extracting(ProblemLine::status)
                .containsExactly(ProblemLine.Status.ANSWERED, ProblemLine.Status.ERROR, ProblemLine.Status.ANSWERED);
        assertThat(lines.get(1).error())
                .hasValueSatisfying(error -> assertThat(error).contains("Java heap space"));
    }
}
