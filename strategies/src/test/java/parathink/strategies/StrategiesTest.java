package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parathink.models.SamplingParams;

final class StrategiesTest {
    private static final SamplingParams SAMPLING = new SamplingParams(0.7, 0, 1, 0, 100);

    @Test
    void everyEntryBuildsItsStrategyFromItsDefaults() {
        for (var entry : Strategies.all()) {
            assertThat(entry.with(Map.of(), SAMPLING)).isNotNull();
        }
        assertThat(Strategies.named("self-consistency").with(Map.of("branches", "5"), SAMPLING))
                .isEqualTo(new SelfConsistency(5, 0, SAMPLING));
        assertThat(Strategies.named("borda").with(Map.of("power", "1.5"), SAMPLING))
                .isEqualTo(new Borda(16, 1.5, SAMPLING));
        assertThat(Strategies.named("esc").with(Map.of(), SAMPLING)).isEqualTo(new EarlyStopping(40, 5, 0, SAMPLING));
        assertThat(Strategies.named("adaptive-consistency").with(Map.of("stop", "dirichlet"), SAMPLING))
                .isEqualTo(new AdaptiveConsistency(
                        40, 1, new StopCriterion.Certainty(LeadCertainty.DIRICHLET, 0.95), SAMPLING));
        assertThat(Strategies.named("adaptive-consistency").with(Map.of("stop", "random", "chance", "0.2"), SAMPLING))
                .isEqualTo(new AdaptiveConsistency(40, 1, new StopCriterion.Chance(0.2), SAMPLING));
        assertThat(Strategies.named("consensus-stop").with(Map.of("share", "0.8"), SAMPLING))
                .isEqualTo(new ConsensusStop(40, 5, 0.8, 2, SAMPLING));
        assertThat(Strategies.named("deepconf").with(Map.of("measure", "tail"), SAMPLING))
                .isEqualTo(new DeepConf(
                        512, ConfidenceMeasure.TAIL, 90, ConfidenceWeights.CONFIDENCE, 2048, 2048, 20, SAMPLING));
        assertThat(Strategies.named("deepconf-online").with(Map.of("keep", "10"), SAMPLING))
                .isEqualTo(new DeepConfOnline(256, 16, 10, 2048, 20, 16, 0.95, SAMPLING));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Strategies.named("self-consistancy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no strategy 'self-consistancy'; did you mean 'self-consistency'?");
        assertThatThrownBy(() -> Strategies.named("zzz")).hasMessageContaining("there are greedy, sample,");
    }

    @Test
    void anUnknownSettingIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Strategies.named("borda").with(Map.of("powr", "1"), SAMPLING))
                .hasMessage("strategy 'borda' has no setting 'powr'; did you mean 'power'?");
        assertThatThrownBy(() -> Strategies.named("greedy").with(Map.of("branches", "2"), SAMPLING))
                .hasMessage("strategy 'greedy' has no setting 'branches'; it has none");
    }

    @Test
    void aSettingOfTheWrongKindIsNamed() {
        assertThatThrownBy(() -> Strategies.named("borda").with(Map.of("branches", "many"), SAMPLING))
                .hasMessage("setting 'branches' of strategy 'borda' must be a whole number, got 'many'");
        assertThatThrownBy(() -> Strategies.named("best-of-n").with(Map.of("verifier", "oracle"), SAMPLING))
                .hasMessageContaining("one of logprob, self-certainty, score, rule");
        assertThatThrownBy(() -> Strategies.named("adaptive-consistency").with(Map.of("stop", "gamma"), SAMPLING))
                .hasMessage(
                        "setting 'stop' of strategy 'adaptive-consistency' must be one of beta, dirichlet, entropy, majority, random, got 'gamma'");
    }

    @Test
    void settingsAreSpelledOutWithTheirDefaults() {
        assertThat(Strategies.named("self-consistency").spelledOut(Map.of("branches", "4")))
                .isEqualTo(Map.of("branches", "4", "abstain", "0"));
    }
}
