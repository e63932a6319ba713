package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ChatDialectTest {
    private static final Prompt TASK = Prompt.user("two and two?", "Give a number.");

    @Test
    void aTemplateOfOnesOwnTakesThePlaceOfTheBuiltIn() {
        var dialect = with("distil", "{{drafts}}\nof {{question}}\n");

        assertThat(dialect.distil(TASK, List.of("x", "y")).prompt().text())
                .isEqualTo("Attempt 1:\nx\n\nAttempt 2:\ny\nof two and two?");
        assertThat(dialect.refine(TASK, "notes")).isEqualTo(ChatDialect.BUILT_IN.refine(TASK, "notes"));
        assertThat(dialect.templates().texts()).containsOnlyKeys("distil");
        assertThat(ChatDialect.BUILT_IN.templates().isEmpty()).isTrue();
    }

    @Test
    void aTextWithThePlaceOfAnotherInItIsLeftAsItIs() {
        var dialect = with("revise", "{{question}} | {{draft}}");
        assertThat(dialect.revise(TASK, "{{question}} $1").prompt().text()).isEqualTo("two and two? | {{question}} $1");
    }

    @Test
    void refusesTemplatesThatCouldNotBeFilled() {
        assertThatThrownBy(() -> with("destil", "x"))
                .hasMessage(
                        "there is no template 'destil'; there are analyse, compare, compare-raw, distil, labels, refine, revise, revise-analysed, select, summarise");
        assertThatThrownBy(() -> with("distil", "{{question}} {{darfts}}"))
                .hasMessage("template 'distil' has no place {{darfts}}; it has {{drafts}}, {{question}}");
        assertThatThrownBy(() -> with("distil", "{{question}}"))
                .hasMessage("template 'distil' must have the place {{drafts}}");
        assertThat(with("select", "{{question}} {{drafts}}: name two")).isNotNull(); // may say how many by itself
    }

    @Test
    void aDraftIsWhatFollowsTheThinking() {
        assertThat(draft("<think>hm</think>\n\nIt is 4.", false)).isEqualTo("It is 4.");
        assertThat(draft("hm</think> It is 4.", true)).isEqualTo("It is 4.");
        assertThat(draft("It is 4.", false)).isEqualTo("It is 4.");
        assertThat(draft("still thinking", true)).isEmpty();
        assertThat(draft("<think>still thinking", false)).isEmpty();
    }

    private static String draft(String text, boolean insideThinking) {
        var completion = new Completion(
                "0",
                text,
                9,
                FinishReason.STOP,
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                insideThinking);
        return ChatDialect.BUILT_IN.draft(completion, 0);
    }

    private static Dialect with(String name, String text) {
        return ChatDialect.BUILT_IN.with(new Templates(Map.of(name, text), "hash"));
    }
}
