package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void alignsColumnsAndWrapsTheLast() {
        var table =
                new TextTable(34).row("a", "bb", "one two three four five six").row("long", "b", "x");

        assertThat(table.text()).isEqualTo("""
                        a     bb  one two three four five
                                  six
                        long  b   x
                        """);
    }

    @Test
    void breaksAWordThatIsWiderThanTheTable() {
        assertThat(TextTable.wrap("abcdef", 4)).containsExactly("abcd", "ef");
    }

    @Test
    void refusesARowOfAnotherLength() {
        var table = new TextTable(80).row("a", "b");

        assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
