package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;

/** Expected ids are worked out by hand from the rules in the small files. */
final class FileTokenizerTest {
    private static final String BYTE_LEVEL =
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"use_regex\": false}";
    private static final String MARKS = """
            {"type": "Sequence", "normalizers": [
                {"type": "Prepend", "prepend": "▁"},
                {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}
            """;
    private static final String UNMARKS = """
            {"type": "Sequence", "decoders": [
                {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
                {"type": "ByteFallback"}, {"type": "Fuse"},
                {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void mergesThePairThatWasLearnedFirst() {
        var tokens = new String[] {"a", "b", "c", "ab", "bc", "abc"};

        var rightFirst = new TokenizerFiles(tokens).model("merges", "[\"b c\", \"a b\", \"a bc\"]");
        assertThat(rightFirst.read(folder).encode("abc")).containsExactly(5); // a bc, then abc
        var leftFirst = new TokenizerFiles(tokens).model("merges", "[\"a b\", \"b c\", \"a bc\"]");
        assertThat(leftFirst.read(folder).encode("abc")).containsExactly(3, 2); // ab c: nothing merges those
    }

    @Test
    void mergesEqualPairsFromTheLeft() {
        var tokenizer = new TokenizerFiles("a", "aa", "aaa")
                .model("merges", "[\"a a\", \"aa a\"]")
                .read(folder);

        assertThat(tokenizer.encode("aaaaa")).containsExactly(1, 2); // aa aa a: the second aa takes the last a
        assertThat(tokenizer.encode("aaa")).containsExactly(2);
    }

    @Test
    void readsMergesAsPairsToo() {
        var tokenizer = new TokenizerFiles("a", " ", "a ", "a a")
                .model("merges", "[[\"a\", \" \"], [\"a \", \"a\"]]")
                .read(folder);

        assertThat(tokenizer.encode("a aa")).containsExactly(3, 0);
    }

    @Test
    void takesAWholePieceBeforeAnyMergeOnlyWhenToldTo() {
        var files = new TokenizerFiles("a", "b", "c", "abc");

        assertThat(files.read(folder).encode("abc")).containsExactly(0, 1, 2);
        assertThat(files.model("ignore_merges", "true").read(folder).encode("abc"))
                .containsExactly(3);
    }

    @Test
    void writesEachByteAsACharacterOfTheAlphabet() {
        // 0x20 is Ġ, é is 0xC3 0xA9: Ã ©
        var tokenizer = new TokenizerFiles("Ġ", "Ã", "©", "x", "Ã©")
                .model("merges", "[\"Ã ©\"]")
                .with("pre_tokenizer", BYTE_LEVEL)
                .with("decoder", BYTE_LEVEL)
                .read(folder);

        assertThat(tokenizer.encode("x é")).containsExactly(3, 0, 4);
        assertThat(tokenizer.decode(new int[] {3, 0, 4})).isEqualTo("x é");
    }

    @Test
    void dropsWhatTheVocabularyLacksWhenThereIsNoUnknownToken() {
        assertThat(new TokenizerFiles("a", "b").read(folder).encode("axb")).containsExactly(0, 1);
    }

    @Test
    void fusesUnknownCharactersOnlyWhenToldTo() {
        var files = new TokenizerFiles("<unk>", "a").model("unk_token", "\"<unk>\"");

        assertThat(files.read(folder).encode("xya")).containsExactly(0, 0, 1);
        assertThat(files.model("fuse_unk", "true").read(folder).encode("xyaz")).containsExactly(0, 1, 0);
    }

    @Test
    void saysThatTheUnknownTokenIsMissingOnceATextNeedsIt() {
        var tokenizer = new TokenizerFiles("a").model("unk_token", "\"<unk>\"").read(folder);

        assertThat(tokenizer.encode("a")).containsExactly(0);
        assertThatThrownBy(() -> tokenizer.encode("b"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("\"b\"")
                .hasMessageContaining("\"<unk>\"");
    }

    @Test
    void fallsBackToBytesAndGivesThemBack() {
        var tokenizer = new TokenizerFiles("<unk>", "<0xC3>", "<0xA9>", "▁", "a", "▁a")
                .model("unk_token", "\"<unk>\"")
                .model("byte_fallback", "true")
                .model("merges", "[\"▁ a\"]")
                .with("normalizer", MARKS)
                .with("decoder", UNMARKS)
                .read(folder);

        assertThat(tokenizer.encode("a aé")).containsExactly(5, 5, 1, 2);
        assertThat(tokenizer.encode("日")).containsExactly(3, 0); // its bytes are not in the vocabulary
        assertThat(tokenizer.decode(new int[] {5, 5, 1, 2})).isEqualTo("a aé"); // without the space put before it
        assertThat(tokenizer.decode(new int[] {3, 3, 4})).isEqualTo(" a"); // only one space is taken away
    }

    @Test
    void findsAddedTokensByNameTheLongestFirst() {
        var tokenizer = new TokenizerFiles("<", "a", ">")
                .special(3, "<a>")
                .special(4, "<a>>")
                .special(5, "<aa>")
                .read(folder);

        assertThat(tokenizer.encode("<a>>a<a><a")).containsExactly(4, 1, 3, 0, 1);
        assertThat(tokenizer.decode(new int[] {4, 1, 3})).isEqualTo("<a>> a <a>"); // no decoder: a space between names
        assertThat(tokenizer.size()).isEqualTo(6);
    }

    @Test
    void letsAddedTokensTakeTheSpacesAroundThem() {
        var tokenizer = new TokenizerFiles(" ", "a", "l", "r", "w")
                .added(5, "[l]", "\"lstrip\": true, \"special\": true")
                .added(6, "[r]", "\"rstrip\": true, \"special\": true")
                .read(folder);

        assertThat(tokenizer.encode("a \n[l] a")).containsExactly(1, 5, 0, 1);
        assertThat(tokenizer.encode("a [r]  a")).containsExactly(1, 0, 6, 1);
        assertThat(tokenizer.encode("[r] [l]")).containsExactly(6, 5);
    }

    @Test
    void findsASingleWordTokenOnlyWhereNoWordTouchesIt() {
        var tokenizer = new TokenizerFiles("a", "-", "w", "_")
                .added(4, "ww", "\"single_word\": true, \"special\": true")
                .read(folder);

        assertThat(tokenizer.encode("ww-ww")).containsExactly(4, 1, 4);
        assertThat(tokenizer.encode("aww")).containsExactly(0, 2, 2);
        assertThat(tokenizer.encode("ww_")).containsExactly(2, 2, 3);
    }

    @Test
    void looksForNormalizedTokensInTheNormalizedText() {
        var tokenizer = new TokenizerFiles("x", "y")
                .with("normalizer", "{\"type\": \"Lowercase\"}")
                .added(2, "Stop", "\"normalized\": true")
                .added(3, "Halt", "\"normalized\": false")
                .read(folder);

        assertThat(tokenizer.encode("XSTOPy")).containsExactly(0, 2, 1);
        assertThat(tokenizer.encode("XHaltHALT")).containsExactly(0, 3); // h, a, l, t are not in the vocabulary
    }

    @Test
    void neverSplitsACharacterOverTokens() {
        // 😀 is F0 9F 98 80: ð Ł ĺ Ģ in the alphabet
        var tokenizer = new TokenizerFiles("ð", "ŁĺĢ", "Ł", "ĺĢa")
                .with("decoder", BYTE_LEVEL)
                .read(folder);

        var decoder = tokenizer.decoder();
        assertThat(decoder.accept(0)).isEmpty();
        assertThat(decoder.accept(2)).isEmpty();
        assertThat(decoder.accept(3)).isEqualTo("😀a");
        assertThat(decoder.accept(0)).isEmpty();
        assertThat(decoder.accept(1)).isEqualTo("😀");
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void replacesCharactersThatAreBrokenOff() {
        var tokenizer =
                new TokenizerFiles("ð", "Ł", "a").with("decoder", BYTE_LEVEL).read(folder);

        var decoder = tokenizer.decoder();
        assertThat(decoder.accept(0)).isEmpty();
        assertThat(decoder.accept(1)).isEmpty();
        assertThat(decoder.accept(2)).isEqualTo("\uFFFDa"); // F0 9F, then a letter
        assertThat(decoder.accept(1)).isEqualTo("\uFFFD"); // a continuation without a beginning
        assertThat(decoder.accept(0)).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
    }

    @Test
    void givesNothingForTokensThatEndATextAndNamesForOtherSpecialOnes() {
        var plain = new TokenizerFiles("a")
                .special(1, "<end>")
                .special(2, "<think>")
                .with("decoder", BYTE_LEVEL)
                .read(folder);
        var ending = plain.endingWith(new EndTokens(Set.of(1)));

        assertThat(plain.decode(new int[] {2, 0, 1})).isEqualTo("<think>a<end>");
        assertThat(ending.decode(new int[] {2, 0, 1})).isEqualTo("<think>a");
        assertThat(ending.encode("<think>a<end>")).containsExactly(2, 0, 1);
    }

    @Test
    void givesNothingForIdsWithoutAToken() {
        var tokenizer = new TokenizerFiles("a")
                .special(5, "<x>")
                .with("decoder", BYTE_LEVEL)
                .read(folder);

        assertThat(tokenizer.decode(new int[] {0, 3, 99, -1, 0})).isEqualTo("aa");
        assertThat(tokenizer.name(3)).isEmpty();
        assertThat(tokenizer.name(5)).contains("<x>");
        assertThat(tokenizer.id("<x>")).hasValue(5);
        assertThat(tokenizer.id("<y>")).isEmpty();
    }

    @Test
    void takesTheMarksOffTheFirstTokenOnly() {
        var tokenizer = new TokenizerFiles("▁a", "▁")
                .with("decoder", "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"always\"}")
                .read(folder);

        assertThat(tokenizer.decode(new int[] {0, 0, 1})).isEqualTo("a a ");
    }

    @Test
    void saysWhatThePostProcessorWouldAddAndNeverAddsIt() {
        var tokenizer = new TokenizerFiles("a")
                .special(1, "<s>")
                .special(2, "</s>")
                .with("post_processor", """
                        {"type": "Sequence", "processors": [{"type": "ByteLevel"}, {"type": "TemplateProcessing",
                            "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}},
                                {"SpecialToken": {"id": "</s>"}}],
                            "special_tokens": {"<s>": {"ids": [1]}, "</s>": {"ids": [2]}}}]}
                        """)
                .read(folder);

        assertThat(tokenizer.encode("a")).containsExactly(0);
        assertThat(tokenizer.framing().before()).containsExactly(1);
        assertThat(tokenizer.framing().after()).containsExactly(2);
        assertThat(tokenizer.opening()).isEqualTo("<s>");
        assertThat(tokenizer.encode(tokenizer.opening() + "a")).containsExactly(1, 0);
    }

    @Test
    void looksUpWholeWords() {
        var tokenizer = new TokenizerFiles("[unk]", "two", "words", ",")
                .model("type", "\"WordLevel\"")
                .model("unk_token", "\"[unk]\"")
                .with("pre_tokenizer", "{\"type\": \"Whitespace\"}")
                .read(folder);

        assertThat(tokenizer.encode(" two, many words")).containsExactly(1, 3, 0, 2);
        assertThat(tokenizer.decode(new int[] {1, 2})).isEqualTo("two words");
    }

    @Test
    void readsHalfASurrogatePairAsAReplacementCharacter() {
        var tokenizer = new TokenizerFiles("a", "\uFFFD", "😀").read(folder);

        assertThat(tokenizer.encode("a\uD83Da😀\uDE00")).containsExactly(0, 1, 0, 2, 1);
    }

    @Test
    void encodesAMegabyteWithoutSpacesInTimeNearlyProportional() {
        var tokenizer = new TokenizerFiles("a", "aa", "aaaa")
                .model("merges", "[\"a a\", \"aa aa\"]")
                .read(folder);

        // a quadratic merge would take hours
        int[] ids = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> tokenizer.encode("a".repeat(1 << 20)));

        assertThat(ids).hasSize(1 << 18).containsOnly(2);
    }

    @Test
    void saysThatATextIsTooLongForARegularExpressionThatRecurs() {
        var tokenizer = new TokenizerFiles("a", "b")
                .with(
                        "pre_tokenizer",
                        "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(?:ab|b)+\"}, \"behavior\": \"Isolated\"}")
                .read(folder);

        assertThat(tokenizer.encode("ab".repeat(10))).hasSize(20);
        var text = "ab".repeat(1 << 20);
        assertThatThrownBy(() -> tokenizer.encode(text))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("2097152 characters")
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void givesTheSameIdsFromManyThreads() {
        var tokenizer = new TokenizerFiles("a", "b", "ab")
                .model("merges", "[\"a b\"]")
                .with("pre_tokenizer", BYTE_LEVEL)
                .read(folder);

        var wrong = IntStream.range(0, 2000)
                .parallel()
                .filter(i -> tokenizer.encode("ab".repeat(i % 50 + 1)).length != i % 50 + 1)
                .count();

        assertThat(wrong).isZero();
    }
}
