package parathink.models.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The alphabet of byte-level vocabularies (Radford et al., 2019): one printable character for each byte, so that tokens
 * are texts. Bytes that print stand for themselves, the others for U+0100, U+0101, … in order.
 */
final class ByteAlphabet {
    private static final char[] CHARACTERS = new char[256];
    private static final short[] BYTES = new short[0x200]; // by character; -1 for those outside the alphabet

    static {
        Arrays.fill(BYTES, (short) -1);
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean prints = (b > ' ' && b <= '~') || (b >= 0xA1 && b != 0xAD);
            CHARACTERS[b] = (char) (prints ? b : next++);
            BYTES[CHARACTERS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /** The UTF-8 bytes of a text, as characters of the alphabet. */
    static String write(String text) {
        if (standsForItself(text)) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var written = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            written[i] = CHARACTERS[bytes[i] & 0xFF];
        }
        return new String(written);
    }

    private static boolean standsForItself(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a token; a token with a character outside the alphabet is a plain text. */
    static byte[] read(String token) {
        var bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }
}
