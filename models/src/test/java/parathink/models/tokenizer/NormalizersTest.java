package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NormalizersTest {
    private static String normalized(String json, String text) {
        return Normalizers.read(TokenizerFiles.section(json)).apply(text);
    }

    @Test
    void composesCharacters() {
        assertThat(normalized("{\"type\": \"NFC\"}", "e\u0301 ﬁ")).isEqualTo("é ﬁ");
        assertThat(normalized("{\"type\": \"NFKC\"}", "e\u0301 ﬁ")).isEqualTo("é fi");
    }

    @Test
    void lowersEachCharacterWhateverStandsAroundIt() {
        assertThat(normalized("{\"type\": \"Lowercase\"}", "ΣΑΣ İ")).isEqualTo("σασ i\u0307");
    }

    @Test
    void appliesTheStepsOfASequenceInOrder() {
        var marks = """
                {"type": "Sequence", "normalizers": [
                    {"type": "Strip", "strip_left": true, "strip_right": false},
                    {"type": "Prepend", "prepend": "_"},
                    {"type": "Replace", "pattern": {"Regex": " +"}, "content": "$1"}]}
                """;

        assertThat(normalized(marks, " \u00A0a  b ")).isEqualTo("_a$1b$1");
        assertThat(normalized(marks, " ")).isEmpty();
    }
}
