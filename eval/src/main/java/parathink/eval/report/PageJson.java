package parathink.eval.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import parathink.eval.directory.Json;

/** JSON that can stand in a page: it cannot end the element it stands in, nor a line of a script. */
final class PageJson extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private final int[] ascii = standardAsciiEscapesForJSON();

    private PageJson() {
        for (char c : "<>&".toCharArray()) {
            ascii[c] = ESCAPE_STANDARD;
        }
    }

    static byte[] bytes(JsonNode json) throws IOException {
        var text = new ByteArrayOutputStream();
        try (var generator = Json.MAPPER.createGenerator(text)) {
            generator.setCharacterEscapes(new PageJson());
            generator.writeTree(json);
        }
        return text.toByteArray();
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
        return c == '\u2028' || c == '\u2029' ? new SerializedString("\\u" + Integer.toHexString(c)) : null;
    }
}
