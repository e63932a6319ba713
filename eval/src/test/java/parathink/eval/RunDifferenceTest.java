package parathink.eval;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunDifferenceTest {
    @Test
    void aBudgetOnOneSideOnlyIsSaidInWords() {
        assertThatThrownBy(() ->
                        RunDifference.refuse(withBudget(Optional.of(100L)), withBudget(Optional.empty()), Path.of("a")))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith("a: holds another run: settings.budget is 100 there, none here;");
    }

    @Test
    void aBudgetThatWasReadBackIsTheSame() throws IOException {
        var now = withBudget(Optional.of(100L));
        var before = RunRecord.read(Json.MAPPER.readTree(now.toJson().toString()));
        assertThatCode(() -> RunDifference.refuse(before, now, Path.of("a"))).doesNotThrowAnyException();
    }

    private static RunRecord withBudget(Optional<Long> budget) {
        var settings = Json.MAPPER.createObjectNode();
        budget.ifPresentOrElse(tokens -> settings.put("budget", tokens), () -> settings.putNull("budget"));
        return new RunRecord(
                RunRecord.Status.RUNNING,
                "toy-model",
                "toy-set",
                "single",
                1,
                1,
                7,
                settings,
                "cpu",
                Optional.empty(),
                Map.of(),
                Map.of());
    }
}
