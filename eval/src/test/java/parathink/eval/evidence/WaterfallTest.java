package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.strategies.Decision;

final class WaterfallTest {
    private static Fate fate(String answers) {
        return Fate.of(Cases.trial("p", answers));
    }

    @Test
    void theStageNearestToSuccessIsTheFate() {
        assertThat(fate("r r w")).isEqualTo(Fate.RIGHT);
        assertThat(fate("w w r")).isEqualTo(Fate.LOST_VOTE);
        assertThat(fate("w w r -? -!")).isEqualTo(Fate.LOST_VOTE);
        assertThat(fate("w w -? -! -! -!")).isEqualTo(Fate.NOT_EXTRACTED);
        assertThat(fate("w w w w -!?")).isEqualTo(Fate.CUT_OFF);
        assertThat(fate("w v")).isEqualTo(Fate.NEVER_SAMPLED);
        assertThat(fate("- -")).isEqualTo(Fate.NO_ANSWER);
    }

    @Test
    void halfOfTheCompletionsCutOffMakeItACutOffProblemAndFewerDoNot() {
        assertThat(fate("w w -! -!")).isEqualTo(Fate.CUT_OFF);
        assertThat(fate("w w w -! -!")).isEqualTo(Fate.NEVER_SAMPLED);
        assertThat(fate("w!")).isEqualTo(Fate.CUT_OFF);
    }

    @Test
    void aStatementInACutOffTextIsNoMissedExtraction() {
        var trial = Cases.trial("p", "w w w -!?");

        assertThat(Fate.of(trial)).isEqualTo(Fate.CUT_OFF);
        var only = Waterfall.of(List.of(trial)).cases().get(Fate.CUT_OFF).getFirst();
        assertThat(only).isEqualTo(new Waterfall.Case("p", 0, Fate.CUT_OFF, 4, 0, 0, 1, 1));
    }

    @Test
    void everyAttemptIsInOneListAndOpensToItsProblem() {
        var failed = new Trial("e", 0, Trial.Outcome.ERROR, Optional.empty(), OptionalDouble.empty(), List.of());
        var ungraded = new Trial("u", 0, Trial.Outcome.UNGRADED, Optional.of("x"), OptionalDouble.empty(), List.of());

        var waterfall = Waterfall.of(List.of(
                Cases.trial("a", 0, "r"), Cases.trial("a", 1, "w r w"), Cases.trial("b", "w"), failed, ungraded));

        assertThat(waterfall.attempts()).isEqualTo(5);
        assertThat(waterfall.counts().values().stream().mapToInt(count -> count).sum())
                .isEqualTo(5);
        assertThat(waterfall.cases().get(Fate.LOST_VOTE))
                .containsExactly(new Waterfall.Case("a", 1, Fate.LOST_VOTE, 3, 1, 0, 0, 0));
        assertThat(waterfall.count(Fate.ERROR)).isEqualTo(1);
        assertThat(waterfall.count(Fate.UNGRADED)).isEqualTo(1);
        assertThat(waterfall.counts()).containsOnlyKeys(Fate.values());
    }

    @Test
    void whatIsLostIsNamedByWhatMadeTheAnswer() {
        assertThat(Fate.LOST_VOTE.label(Decision.VOTE)).isEqualTo("lost the vote");
        assertThat(Fate.LOST_VOTE.label(Decision.CHOICE)).isEqualTo("not chosen");
        assertThat(Fate.LOST_VOTE.label(Decision.CALL)).isEqualTo("found, then lost");
        assertThat(Fate.LOST_VOTE.meaning(Decision.CALL)).contains("the last call gave another one");
        for (var fate : Fate.values()) {
            for (var decision : Decision.values()) {
                boolean named = fate.label(decision).contains("vote");
                assertThat(named).isEqualTo(fate == Fate.LOST_VOTE && decision == Decision.VOTE);
            }
        }
    }
}
