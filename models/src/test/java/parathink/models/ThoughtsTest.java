package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ThoughtsTest {
    @Test
    void aPathWritesItsOwnClosingForEveryEndAndAHarmlessTokenForEveryOpening() {
        var second = thoughts(List.of("</1>", "</2>"), "<s>So").substitutes(1);

        assertThat(second.end()).isEqualTo("</2>");
        assertThat(second.tokens())
                .isEqualTo(Map.of(
                        "<1>", "<t>", "<2>", "<t>", "<s>", "<t>", "</1>", "</2>", "</2>", "</2>", "</t>", "</2>",
                        "</s>", "</2>"));
    }

    @Test
    void refusesTextsThatDoNotBelongTogether() {
        assertThatThrownBy(() -> thoughts(List.of("</1>"), "<s>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 openings need as many closings, got 1");
        assertThatThrownBy(() -> thoughts(List.of("</1>", "</2>"), "So"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the summary must begin with <s>, got 'So'");
    }

    private static Thoughts thoughts(List<String> closings, String summary) {
        return new Thoughts(
                Prompt.user("?"),
                List.of("<1>", "<2>"),
                closings,
                "<t>",
                List.of("</t>"),
                summary,
                "<s>",
                "</s>",
                1,
                1,
                true,
                "last");
    }
}
