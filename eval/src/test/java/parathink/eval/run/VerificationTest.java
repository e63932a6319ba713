package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

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
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;

final class VerificationTest {
    private static final RunSpec SPEC = new RunSpec(
            "scripted",
            "letters",
            Map.of(),
            "self-consistency",
            Map.of("branches", "2"),
            new SamplingParams(0, 0, 1, 0, 100),
            OptionalLong.empty(),
            1,
            7);
    private static final Dataset ONE = new Dataset(
            "letters",
            List.of(new Problem("p1", new Question("which?", new TextAnswers()), Optional.of("a"))),
            List.of());

    @TempDir
    private Path folder;

    @Test
    void aRunThatCanBeRepeatedHasNoDifferences() {
        record();
        // alone: one script for each of the two completions; together: both in order
        var verification = verify(new ScriptedModel("= a", "= b", "= a", "= b"), List.of("0/0", "0/1"));
        assertThat(verification.checked()).isEqualTo(2);
        assertThat(verification.differences()).isEmpty();
    }

    @Test
    void theFirstDivergingTokenIsNamed() {
        record();
        var differences = verify(new ScriptedModel("= z", "= z", "= z", "= z"), List.of("0/0", "0/1"))
                .differences();
        assertThat(differences)
                .hasSize(4)
                .allMatch(difference ->
                        difference.token() == 2 && difference.generated().equals("z"));
    }

    private Verification verify(ScriptedModel model, List<String> scriptOrder) {
        try (var engine = new LocalEngine(model)) {
            var run = RunDirectory.read(folder);
            // the seed under which the shuffle keeps the order of the two completions
            for (long seed = 0; seed < 64; seed++) {
                var places = new java.util.ArrayList<>(scriptOrder);
                java.util.Collections.shuffle(places, new java.util.Random(seed));
                if (places.equals(scriptOrder)) {
                    return Verification.of(run, SPEC, ONE, engine, 5, seed);
                }
            }
            throw new AssertionError("one of 64 seeds keeps two things in order");
        }
    }

    private void record() {
        try (var engine = new LocalEngine(new ScriptedModel("= a", "= b"));
                var results = Results.open(folder)) {
            new Run(SPEC, ONE, results, engine, RunListener.NONE, Clock.systemUTC()).execute(1, Map.of());
        }
    }
}
