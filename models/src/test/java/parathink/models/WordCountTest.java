package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordCountTest {
    @Test
    void countsWholeWordsWhateverTheirCapitals() {
        assertThat(counted("So, waiting: WAIT! so_far also so? ", "wait", "so")).isEqualTo(3);
        assertThat(counted("Let\nme see; let me. outlet me", "let me")).isEqualTo(2);
    }

    @Test
    void aWordAtTheEndCountsWhenTheTextGoesOn() {
        var count = new WordCount(List.of("wait"));
        assertThat(count.in("hm wait", 9)).isZero();
        assertThat(count.in("hm wait,", 9)).isOne();
        assertThat(count.in("hm wait, waiter", 9)).isOne();
    }

    @Test
    void countsAsManyGrowingCharacterByCharacterAsAtOnce() {
        var random = new Random(4);
        String[] parts = {"wait", " ", "so", "let me", "\n", ".", "x", "let", " me ", "ing"};
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            var growing = new WordCount(List.of("wait", "so", "let me"));
            int last = 0;
            for (int i = 0; i < 30; i++) {
                for (char c : parts[random.nextInt(parts.length)].toCharArray()) {
                    text.append(c);
                    last = growing.in(text, Integer.MAX_VALUE);
                }
            }
            assertThat(last).isEqualTo(counted(text.toString(), "wait", "so", "let me"));
        }
    }

    private static int counted(String text, String... words) {
        return new WordCount(List.of(words)).in(text, Integer.MAX_VALUE);
    }
}
