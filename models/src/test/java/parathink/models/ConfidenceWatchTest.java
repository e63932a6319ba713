package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The scripted model gives the token it says a logit of 20, or 8 where it doubts, and 0 to the 591 others. The mean of the
 * negative log-probabilities of the 20 most probable ones is log(e^20 + 591) - 20/20 = 19.000, or log(e^8 + 591) - 8/20 =
 * 7.781.
 */
final class ConfidenceWatchTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 1000);
    private static final double SURE = 19.0;
    private static final double DOUBT = 7.781;

    private final List<Completion> ended = new ArrayList<>();
    private final Map<String, Completion> known = new HashMap<>();

    @Test
    void measuresEveryTokenTheEndIncluded() {
        var completion = decode(new ScriptedModel("a?").doubting("?"), 1, ConfidenceWatch.measuring(20, 2))
                .getFirst();

        // the opening token, two characters, the end
        assertThat(completion.confidence()).isEqualTo(Confidence.of(2, SURE, SURE, DOUBT, SURE));
        assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aTextEndsTheMomentAGroupOfTokensFallsBelowTheFloorAndPaysForThoseTokensOnly() {
        var model = new ScriptedModel("abcdef", "ab???????", "?").doubting("?");
        var completions = decode(model, 3, new ConfidenceWatch(20, 3, 12));

        // opening, a, b, ?, ?: the group b ? ? has a mean of 11.521; b alone with one ? has 15.26
        assertThat(completions).extracting(Completion::tokens).containsExactly(8, 5, 3);
        assertThat(completions.get(1).finish()).isEqualTo(FinishReason.CANCELLED);
        assertThat(completions.get(1).stoppedBy()).isEqualTo("group confidence below 12.000");
        assertThat(completions.get(1).text()).isEqualTo("ab??");
        assertThat(completions.get(1).confidence()).isEqualTo(Confidence.of(3, SURE, SURE, SURE, DOUBT, DOUBT));
        assertThat(completions.get(2).finish()).isEqualTo(FinishReason.STOP); // 15.26 over its only group
    }

    @Test
    void aTextThatEndsByItselfAtThatVeryTokenWasNotCut() {
        var model = new ScriptedModel("?").doubting("?");
        var completion = decode(model, 1, new ConfidenceWatch(20, 3, 16)).getFirst();
        assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void withoutAWatchNothingIsMeasured() {
        try (var engine = new LocalEngine(new ScriptedModel("a"));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal())) {
            var completion = session.start(Prompt.user("two?"), GREEDY).decode(StopRule.NONE);
            assertThat(completion.confidence().isKnown()).isFalse();
        }
    }

    @Test
    void aRecordedCompletionBringsItsConfidenceAndIsNotComputedAgain() {
        var watch = new ConfidenceWatch(20, 3, 12);
        var first = decode(new ScriptedModel("abcdef", "ab???????").doubting("?"), 2, watch);
        known.put("0/0", first.getFirst());
        var model = new ScriptedModel("ab???????").doubting("?");

        assertThat(decode(model, 2, watch)).isEqualTo(first);
        assertThat(model.tokensSeen()).isEqualTo(11 + 4); // the prompt, and the opening token with three characters
    }

    @Test
    void aRecordedCompletionWithoutTheConfidenceThatIsAskedForIsComputedAgain() {
        var first = decode(new ScriptedModel("abcdef"), 1, ConfidenceWatch.measuring(20, 2));
        known.put("0/0", first.getFirst());

        var other = decode(new ScriptedModel("abcdef"), 1, ConfidenceWatch.measuring(20, 3))
                .getFirst();
        assertThat(other.confidence()).isEqualTo(first.getFirst().confidence().grouped(3));
        var cut = decode(new ScriptedModel("abcdef"), 1, new ConfidenceWatch(20, 2, 20))
                .getFirst();
        assertThat(cut.finish()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cut.tokens()).isEqualTo(2);
    }

    private List<Completion> decode(ScriptedModel model, int branches, ConfidenceWatch watch) {
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal())) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(branches);
            var completions = session.decodeAll(forks, StopRule.watching(watch));
            assertThat(session.usage().work())
                    .isEqualTo(
                            completions.stream().mapToLong(Completion::tokens).sum());
            return completions;
        }
    }

    private Journal journal() {
        return new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(known.get(path));
            }

            @Override
            public void ended(Completion completion) {
                ended.add(completion);
            }
        };
    }
}
