package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreTokenizersTest {
    private static final String QWEN2 =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*"
                    + "|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";

    private static List<String> pieces(String json, String text) {
        return pieces(json, text, true);
    }

    private static List<String> pieces(String json, String text, boolean opening) {
        var pieces = new ArrayList<String>();
        PreTokenizers.read(TokenizerFiles.section(json)).cut(text, opening, (piece, first) -> pieces.add(piece));
        return pieces;
    }

    private static String split(String pattern, String behavior) {
        return "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"%s\"}, \"behavior\": \"%s\"}"
                .formatted(pattern, behavior);
    }

    @Test
    void cutsTheWordsOfGpt2() {
        var words = "{\"type\": \"ByteLevel\", \"add_prefix_space\": false}";

        assertThat(pieces(words, "I'll  go, it's 42!\n"))
                .containsExactly("I", "'ll", "Ġ", "Ġgo", ",", "Ġit", "'s", "Ġ42", "!", "Ċ");
        assertThat(pieces(words, "I'LL")).containsExactly("I", "'", "LL"); // knows small letters only
    }

    @Test
    void addsASpaceInFrontOnlyWhereThereIsNone() {
        var words = "{\"type\": \"ByteLevel\", \"add_prefix_space\": true}";

        assertThat(pieces(words, "a b")).containsExactly("Ġa", "Ġb");
        assertThat(pieces(words, " a")).containsExactly("Ġa");
    }

    @Test
    void cutsTheWordsOfQwenAndLlama() {
        assertThat(pieces(split(QWEN2, "Isolated"), "I'LL see 2031\n\n x"))
                .containsExactly("I", "'LL", " see", " ", "2", "0", "3", "1", "\n\n", " x");
        var threeDigits = QWEN2.replace("|\\\\p{N}|", "|\\\\p{N}{1,3}|");
        assertThat(pieces(split(threeDigits, "Isolated"), "year 2031!!\n?"))
                .containsExactly("year", " ", "203", "1", "!!\n", "?");
    }

    @Test
    void cutsDigitsApartOrTogether() {
        assertThat(pieces("{\"type\": \"Digits\", \"individual_digits\": true}", "a12½b"))
                .containsExactly("a", "1", "2", "½", "b");
        assertThat(pieces("{\"type\": \"Digits\", \"individual_digits\": false}", "a12½b"))
                .containsExactly("a", "12½", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "Removed, the|final|countdown",
        "Isolated, the|-|final|-|-|countdown",
        "MergedWithPrevious, the-|final-|-|countdown",
        "MergedWithNext, the|-final|-|-countdown",
        "Contiguous, the|-|final|--|countdown",
    })
    void doesWithMatchesWhatTheBehaviourSays(String behavior, String expected) {
        assertThat(pieces(split("-", behavior), "the-final--countdown")).containsExactly(expected.split("\\|"));
    }

    @Test
    void takesWhatLiesBetweenMatchesForTheMatchesWhenInverted() {
        var inverted =
                "{\"type\": \"Split\", \"pattern\": {\"String\": \"+\"}, \"behavior\": \"Removed\", \"invert\": true}";

        assertThat(pieces(inverted, "a+b++")).containsExactly("+", "+", "+");
    }

    @Test
    void cutsAtEmptyMatchesButNeverThroughACharacter() {
        assertThat(pieces(split("(?=\\\\p{N}{3}(?!\\\\p{N}))", "Isolated"), "12345"))
                .containsExactly("12", "345");
        assertThat(pieces(split("(?=\\\\P{L})", "Isolated"), "a😀b")).containsExactly("a", "😀b");
    }

    @Test
    void marksTheBeginningOfTheTextOrOfEachPart() {
        var first = "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"first\"}";
        assertThat(pieces(first, "a b", true)).containsExactly("▁a", "▁b");
        assertThat(pieces(first, "a b", false)).containsExactly("a", "▁b");

        var always = "{\"type\": \"Metaspace\", \"replacement\": \"▁\"}";
        assertThat(pieces(always, "a  b", false)).containsExactly("▁a", "▁", "▁b");

        var never = "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"add_prefix_space\": false, \"split\": false}";
        assertThat(pieces(never, "a b", true)).containsExactly("a▁b");
    }

    @Test
    void appliesTheStepsOfASequenceInOrder() {
        var both = """
                {"type": "Sequence", "pretokenizers": [
                    {"type": "Punctuation"},
                    {"type": "Digits", "individual_digits": true}]}
                """;

        assertThat(pieces(both, "a1,23.")).containsExactly("a", "1", ",", "2", "3", ".");
    }
}
