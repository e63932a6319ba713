package parathink.strategies.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LexicalFeatureTest {
    private static final String QUESTION = "What is 12 times 7?";

    @Test
    void numbersOfTheQuestionDoNotCount() {
        // 80 and 84 against 84 and 90; 12 and 7 are given
        var one = read("12 * 7 is 80 or 84");
        var other = read("12 * 7 is 84, not 90");
        assertThat(LexicalFeature.NUMBERS_SHARED.of(one, other)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(LexicalFeature.NUMBERS_CONTAINED.of(one, other)).isEqualTo(0.5);
    }

    @Test
    void resultsFollowAnEqualsSign() {
        var one = read("10*7 = 70, 2*7 = 14, 70+14 = 84");
        var other = read("12*6 = 72, 72+12 = 84");
        assertThat(one.results()).containsExactly("70", "14", "84");
        assertThat(LexicalFeature.RESULTS_SHARED.of(one, other)).isEqualTo(0.25);
        assertThat(LexicalFeature.LAST_RESULT_SAME.of(one, other)).isEqualTo(1);
        assertThat(LexicalFeature.LAST_RESULT_SHARED.of(read("70+14 = 84"), read("12*7 = 84 = 2*42 = 85")))
                .isEqualTo(0.5);
    }

    @Test
    void theLastValueOfANameCounts() {
        var one = read("x = 3, A=5, then x = 4");
        var other = read("x=4 and A=6");
        assertThat(one.named()).containsEntry("x", "4").containsEntry("A", "5");
        assertThat(LexicalFeature.NAMED_AGREE.of(one, other)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(LexicalFeature.NAMED_CONFLICT.of(one, other)).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void aConclusionIsTheNumberAfterTheWordThatAnnouncesIt() {
        var one = read("so the answer is 84.");
        assertThat(LexicalFeature.CONCLUSION_SAME.of(one, read("the total is: 84")))
                .isEqualTo(1);
        assertThat(LexicalFeature.CONCLUSION_DIFFERS.of(one, read("the result is 85")))
                .isEqualTo(1);
        assertThat(LexicalFeature.CONCLUSION_DIFFERS.of(one, read("nothing yet")))
                .isZero();
    }

    @Test
    void hesitationsAndLengthsAreCompared() {
        var one = read("wait, but no"); // two words that take something back
        var other = read("yes");
        assertThat(LexicalFeature.HESITATIONS.of(one, other)).isCloseTo(Math.log(3), within(1e-12));
        assertThat(LexicalFeature.HESITATIONS_DIFFER.of(one, other)).isCloseTo(Math.log(3), within(1e-12));
        assertThat(LexicalFeature.LENGTHS_DIFFER.of(one, other)).isCloseTo(Math.log(13 / 4.0), within(1e-12));
    }

    @Test
    void everyFeatureIsTheSameWhicheverTextComesFirst() {
        var one = read("wait, x = 3, so the answer is 84, 70+14 = 84");
        var other = read("x = 4; but 12*7 = 85, hmm, then the result is 85");
        for (var feature : LexicalFeature.values()) {
            assertThat(feature.of(one, other)).as(feature.word()).isEqualTo(feature.of(other, one));
        }
    }

    @Test
    void textsWithoutNumbersShareNone() {
        for (var feature : LexicalFeature.values()) {
            assertThat(feature.of(read(""), read(""))).as(feature.word()).isFinite();
        }
        assertThat(LexicalFeature.NUMBERS_SHARED.of(read("no"), read("none"))).isZero();
    }

    private static LexicalReading read(String text) {
        return LexicalReading.of(QUESTION, text);
    }
}
