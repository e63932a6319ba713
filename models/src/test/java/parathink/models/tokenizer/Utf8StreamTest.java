package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8StreamTest {
    /** Expected counts follow table 3-8 of the Unicode standard and the sentence above it. */
    @ParameterizedTest
    @CsvSource({
        "C0AF, 2", // overlong
        "E080AF, 3",
        "EDA080, 3", // a surrogate
        "F4919293, 4", // beyond the last character
        "FF, 1",
        "E180, 1", // broken off
        "E180E2F09192, 3",
        "F1BFBF, 1",
    })
    void replacesEachLongestBrokenBeginningOnce(String hex, int replacements) {
        var out = new StringBuilder();
        var stream = new Utf8Stream();
        stream.accept(HexFormat.of().parseHex(hex), out);
        stream.finish(out);

        assertThat(out.toString()).isEqualTo("\uFFFD".repeat(replacements));
    }

    @Test
    void readsEveryCharacterByteByByte() {
        var out = new StringBuilder();
        var stream = new Utf8Stream();
        var text = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            stream.accept(new byte[] {b}, out);
        }
        stream.finish(out);

        assertThat(out.compareTo(text)).isZero();
    }
}
