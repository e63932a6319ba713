package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnigurumaPatternTest {
    private static List<String> matches(String pattern, String text) {
        return OnigurumaPattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void readsClassesOfAllOfUnicode() {
        assertThat(matches("\\p{L}+", "aé日 1")).containsExactly("aé日");
        assertThat(matches("\\p{N}", "1½Ⅷ٣")).containsExactly("1", "½", "Ⅷ", "٣");
        assertThat(matches("\\s", "a\u00A0b\u3000\u0085")).containsExactly("\u00A0", "\u3000", "\u0085");
        assertThat(matches("\\w+", "né_1-日")).containsExactly("né_1", "日");
        assertThat(matches("\\p{Han}+|\\p{^L}", "日本a1")).containsExactly("日本", "1");
        assertThat(matches("[\\p{L}&&[^\\p{Han}]]+", "ab日c")).containsExactly("ab", "c");
    }

    @Test
    void ignoresCaseAsUnicodeFoldsIt() {
        assertThat(matches("(?i:'s|'ll)|x", "'S 'ſ 'lL X x")).containsExactly("'S", "'ſ", "'lL", "x");
    }

    @Test
    void repeatsARepetitionWhereTheJdkWouldBePossessive() {
        assertThat(matches("\\p{N}{1,3}+", "12345")).containsExactly("12345");
        assertThat(matches("a?+a", "a")).isEmpty(); // this one is possessive in both
    }

    @Test
    void readsEscapesThatMeanSomethingElseInTheJdk() {
        assertThat(matches("\\v", "\n\u000B")).containsExactly("\u000B");
        assertThat(matches(".", "\n\r\u2028")).containsExactly("\r", "\u2028");
        assertThat(matches("[-a\\]\\-^&#]+", "-a]^&#")).containsExactly("-a]^&#");
        assertThat(matches("\\u0041|\\x{1F600}", "A😀")).containsExactly("A", "😀");
    }

    @Test
    void matchesALongRunWithoutDeepRecursion() {
        assertThat(matches("\\p{N}{1,3}+", "1".repeat(1_000_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^a",
                "a$",
                "\\h",
                "\\R",
                "\\bx",
                "\\p{Alpha}",
                "\\pL",
                "[[:alpha:]]",
                "[^a[b]]",
                "[]a]",
                "(?<name>a)",
                "(?m:a)",
                "(?i)a",
                "a{2,3}+",
                "a{1,3}?",
                "{a}",
                "a{,3}",
                "a**",
                "*a",
                "\\1",
                "\\xE9",
                "(?i:\\p{Lu})",
                "(?i:'ss)",
                "(?i:é)",
                "(?i:[ß])",
                "\\"
            })
    void refusesWhatMightMeanSomethingElse(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnigurumaPattern.compile(pattern))
                .withMessageContaining("position")
                .withMessageContaining("not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "a)", "[a"})
    void refusesWhatIsNotClosed(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> OnigurumaPattern.compile(pattern));
    }
}
