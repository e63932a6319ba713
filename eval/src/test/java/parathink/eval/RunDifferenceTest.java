package parathink.eval;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunDifferenceTest {
    @Test
    void aBudgetOnOneSideOnlyIsSaidInWords() {
        assertThatThrownBy(() ->
                        RunDifference.refuse(withBudget(Optional.of(100)), withBudget(Optional.empty()), Path.of("a")))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith("a: holds another run: settings.budget is 100 there, none here;");
    }

    private static RunRecord withBudget(Optional<Integer> budget) {
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
