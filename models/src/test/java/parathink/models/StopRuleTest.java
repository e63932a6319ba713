package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StopRuleTest {
    private static final StopRule STOP = StopRule.after("END", "##");

    @Test
    void keepsTheFirstStopTextAndCutsWhatFollowsIt() {
        var text = new StringBuilder("a ## b END c");

        assertThat(STOP.cutAfterFirst(text, 0)).isTrue();
        assertThat(text).hasToString("a ##");
    }

    @Test
    void findsAStopTextThatBeganBeforeWhatWasAdded() {
        var text = new StringBuilder("a EN");
        text.append("D and more");

        assertThat(STOP.cutAfterFirst(text, "a EN".length())).isTrue();
        assertThat(text).hasToString("a END");
    }

    @Test
    void leavesATextWithoutOneAsItIs() {
        var text = new StringBuilder("a EN#");

        assertThat(STOP.cutAfterFirst(text, 0)).isFalse();
        assertThat(text).hasToString("a EN#");
        assertThat(StopRule.NONE.cutAfterFirst(text, 0)).isFalse();
    }
}
