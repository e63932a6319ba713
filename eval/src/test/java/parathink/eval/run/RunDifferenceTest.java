package parathink.eval.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.Json;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunRecord;

final class RunDifferenceTest {
    @Test
    void aBudgetOnOneSideOnlyIsSaidInWords() {
        assertThatThrownBy(() ->
                        RunDifference.refuse(withBudget(Optional.of(100L)), withBudget(Optional.empty()), Path.of("a")))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith("a: holds another run: settings.budget is 100 there, none here;");
    }

    @Test
    void aBudgetReadFromAFileIsTheBudgetThatWasGiven() throws JsonProcessingException {
        var given = withBudget(Optional.of(90L));
        var read = RunRecord.read(Json.MAPPER.readTree(given.toJson().toString()));
        assertThatCode(() -> RunDifference.refuse(read, given, Path.of("a"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> RunDifference.refuse(read, withBudget(Optional.of(91L)), Path.of("a")))
                .hasMessageContaining("settings.budget is 90 there, 91 here");
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
