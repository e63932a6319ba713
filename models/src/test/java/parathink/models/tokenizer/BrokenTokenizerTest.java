package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.ModelException;

/** A file that cannot be used gives one line that names it and what is wrong. */
final class BrokenTokenizerTest {
    @TempDir
    private Path folder;

    private void assertRefused(String content, String... said) {
        var file = TokenizerFiles.write(folder, "tokenizer.json", content);

        var refusal = catchThrowableOfType(ModelException.class, () -> FileTokenizer.read(file));

        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
        assertThat(refusal.getMessage()).startsWith(file + ": ").contains(said).doesNotContain("\n");
        assertThat(refusal.getMessage().length()).isLessThan(file.toString().length() + 300);
    }

    private void assertRefused(TokenizerFiles files, String... said) {
        assertRefused(files.toString(), said);
    }

    @ParameterizedTest
    @CsvSource({
        "pre_tokenizer, UnicodeScripts",
        "pre_tokenizer, BertPreTokenizer",
        "normalizer, Precompiled",
        "normalizer, ByteLevel",
        "decoder, WordPiece",
        "decoder, CTC",
        "post_processor, Unheard",
    })
    void namesAKindThatItDoesNotKnow(String part, String kind) {
        assertRefused(
                new TokenizerFiles("a").with(part, "{\"type\": \"%s\"}".formatted(kind)),
                part,
                "\"%s\"".formatted(kind),
                "supported: ");
    }

    @Test
    void namesAnUnknownKindWithinASequence() {
        assertRefused(
                new TokenizerFiles("a")
                        .with(
                                "pre_tokenizer",
                                "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Punctuation\"}, {\"type\": \"Odd\"}]}"),
                "pre_tokenizer.pretokenizers[1] is of the kind \"Odd\"");
    }

    @Test
    void namesAModelThatItDoesNotKnow() {
        assertRefused(
                "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", -1.5]]}}",
                "model",
                "\"Unigram\"",
                "BPE, WordLevel");
        assertRefused("{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}}", "\"WordPiece\"");
    }

    @Test
    void refusesSettingsUnderWhichATextWouldHaveOtherIds() {
        assertRefused(new TokenizerFiles("a").model("dropout", "0.1"), "model.dropout", "0.1");
        assertRefused(
                new TokenizerFiles("a").model("end_of_word_suffix", "\"</w>\""), "model.end_of_word_suffix", "</w>");
        assertRefused(
                new TokenizerFiles("a")
                        .with(
                                "pre_tokenizer",
                                "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"a|\\\\h\"}, \"behavior\": \"Isolated\"}"),
                "pre_tokenizer.pattern.Regex",
                "position 2: '\\h'");
        assertRefused(
                new TokenizerFiles("a")
                        .with(
                                "pre_tokenizer",
                                "{\"type\": \"Split\", \"pattern\": {\"String\": \"a\"}, \"behavior\": \"Sometimes\"}"),
                "pre_tokenizer.behavior",
                "\"Sometimes\"");
    }

    @Test
    void refusesADecoderWhoseStepsComeInAnOrderThatItCannotStream() {
        assertRefused(
                new TokenizerFiles("a")
                        .with(
                                "decoder",
                                "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Fuse\"}, {\"type\": \"Metaspace\", \"replacement\": \"_\"}]}"),
                "decoder.decoders[1]",
                "Metaspace");
    }

    @Test
    void namesTheMergeThatNeedsAMissingToken() {
        assertRefused(new TokenizerFiles("a", "b").model("merges", "[\"a b\"]"), "merges[0]", "\"ab\"");
        assertRefused(new TokenizerFiles("a", "b", "ab").model("merges", "[\"a b\", \"ab c\"]"), "merges[1]", "\"c\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[\"a\"]", "[\"a b c\"]", "[[\"a\"]]", "[[\"a\", \"b\", \"c\"]]", "[[\"a\", 1]]", "[7]", "[\" a\"]"
            })
    void refusesMergesThatAreNotTwoTokens(String merges) {
        assertRefused(new TokenizerFiles("a").model("merges", merges), "model.merges[0]", "two tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\": 0, \"b\": 0}; id 0 or token \"b\" is there twice",
                "{\"a\": 0, \"a\": 1}; id 1 or token \"a\" is there twice",
                "{\"a\": -1}; \"a\": id -1",
                "{\"a\": 2000000000}; \"a\": id 2000000000",
                "{\"a\": \"0\"}; the id of \"a\"",
                "{\"a\": 99999999999}; not valid JSON",
            })
    void refusesIdsThatCannotBe(String vocabulary, String said) {
        assertRefused("{\"model\": {\"type\": \"BPE\", \"vocab\": %s, \"merges\": []}}".formatted(vocabulary), said);
    }

    @Test
    void refusesAddedTokensThatContradictTheVocabulary() {
        assertRefused(new TokenizerFiles("a", "b").special(1, "<x>"), "added_tokens[0]", "\"<x>\"", "1");
        assertRefused(new TokenizerFiles("a", "b").special(5, "b"), "added_tokens[0]", "\"b\"", "5");
        assertRefused(new TokenizerFiles("a").special(1, "<x>").special(2, "<x>"), "added_tokens[1]", "\"<x>\"");
        assertRefused(new TokenizerFiles("a").special(1, "<x>").special(1, "<y>"), "added_tokens[1]", "\"<y>\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; not a JSON object",
                "[]; not a JSON object",
                "{\"model\": {\"type\": \"BPE\", \"voc; not valid JSON at line 1",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}} x; not valid JSON at line 1",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}} {}; goes on after the end",
                "{}; 'model' is missing",
                "{\"model\": 7}; model should be an object",
                "{\"model\": {}}; 'type' is missing",
                "{\"model\": {\"type\": 7}}; model.type should be a text",
                "{\"added_tokens\": {}, \"model\": {\"type\": \"BPE\"}}; added_tokens should be a list",
                "{\"added_tokens\": [{\"id\": 1.5, \"content\": \"a\"}], \"model\": {\"type\": \"BPE\"}}; added_tokens[0].id should be a whole number",
            })
    void saysWhatIsWrongWithTheFile(String content, String said) {
        assertRefused(content, said);
    }

    @Test
    void keepsTheMessageShortAndOnOneLineWhateverTheTokens() {
        var name = "\\n" + "x".repeat(5000);
        assertRefused(
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"%s\": -1}, \"merges\": []}}".formatted(name), "\\nxxx");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertRefused("{\"normalizer\": " + "[".repeat(100_000), "not valid JSON");
    }

    @Test
    void saysThatAFileIsMissing() {
        var file = folder.resolve("none.json");

        var refusal = catchThrowableOfType(ModelException.class, () -> FileTokenizer.read(file));

        assertThat(refusal.kind()).isEqualTo(ModelException.Kind.MISSING);
        assertThat(refusal).hasMessageContaining(file.toString());
    }
}
