package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parathink.models.Budget;
import parathink.models.FinishReason;
import parathink.models.ModelException;
import parathink.models.SamplingParams;
import parathink.models.endpoint.ScriptedServer;

/**
 * The promises of {@link StrategyContract}, for every strategy that draws, on a server. Which of several texts ends first is
 * the server's doing there, so a bill is promised to be the same again only where nothing is cancelled.
 */
final class EndpointStrategiesTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 200);
    private static final String[] SCRIPTS = {"it is = a", "so = b", "well = a"};

    private static Strategy named(String name) {
        var entry = Strategies.named(name);
        var all = Map.of("branches", "3", "window", "3", "warmup", "2");
        var settings = new java.util.HashMap<String, String>();
        entry.settings().forEach(setting -> {
            if (all.containsKey(setting.name())) {
                settings.put(setting.name(), all.get(setting.name()));
            }
        });
        if (name.equals("best-of-n") || name.equals("weighted-vote")) {
            settings.put("verifier", "logprob");
        }
        return entry.with(entry.spelledOut(settings), GREEDY);
    }

    private static Solved solved(String name, Budget budget, String... scripts) {
        try (var server = new ScriptedServer(scripts)) {
            return Solved.by(named(name), server.engine(), budget);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greedy",
                "sample",
                "self-consistency",
                "best-of-n",
                "weighted-vote",
                "esc",
                "adaptive-consistency",
                "consensus-stop",
                "deepconf",
                "deepconf-online"
            })
    void keepsWhatAStrategyPromises(String name) {
        var whole = solved(name, Budget.UNLIMITED, SCRIPTS);
        assertThat(whole.answer()).isEqualTo("a");
        assertThat(whole.usage().work())
                .isEqualTo(whole.completions().stream()
                        .mapToLong(completion -> completion.tokens())
                        .sum());
        assertThat(whole.usage().calls()).isEqualTo(whole.completions().size());

        for (int tokens : new int[] {1, 7, 20}) {
            assertThat(solved(name, new Budget(tokens), SCRIPTS).usage().work()).isLessThanOrEqualTo(tokens);
        }
        var poor = solved(name, new Budget(1), SCRIPTS);
        assertThat(poor.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(poor.completions()).allMatch(completion -> completion.finish() == FinishReason.BUDGET);

        assertThat(solved(name, Budget.UNLIMITED, "no", "nothing", "none").outcome())
                .isInstanceOf(Outcome.Unanswered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"greedy", "sample", "self-consistency", "best-of-n", "weighted-vote", "deepconf"})
    void sameSeedSameOutcomeAndSameBillWhereNothingIsCancelled(String name) {
        var one = solved(name, Budget.UNLIMITED, SCRIPTS);
        var again = solved(name, Budget.UNLIMITED, SCRIPTS);
        assertThat(again.outcome()).isEqualTo(one.outcome());
        assertThat(again.usage()).isEqualTo(one.usage());
        assertThat(List.copyOf(again.completions())).hasSameElementsAs(one.completions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"borda"})
    void whatNeedsTheWholeDistributionSaysSo(String name) {
        assertThatThrownBy(() -> solved(name, Budget.UNLIMITED, SCRIPTS))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNABLE))
                .hasMessageContaining("self-certainty");
    }
}
