package parathink.models.tokenizer;

/**
 * Bytes in, characters out as soon as they are complete. Each longest beginning of a character that is broken off becomes
 * one U+FFFD, as the Unicode standard recommends (the JDK's own decoder counts encoded surrogates differently). Not
 * thread-safe.
 */
final class Utf8Stream {
    private static final int CONTINUATION_LOW = 0x80;
    private static final int CONTINUATION_HIGH = 0xBF;
    private static final char REPLACEMENT = '\uFFFD';

    private int missing; // continuation bytes that the character still needs
    private int point; // its bits so far
    private int low = CONTINUATION_LOW; // the next continuation byte must be in low..high
    private int high = CONTINUATION_HIGH;

    void accept(byte[] bytes, StringBuilder out) {
        for (byte b : bytes) {
            accept(b & 0xFF, out);
        }
    }

    /** Ends the stream: an unfinished character becomes U+FFFD. */
    void finish(StringBuilder out) {
        if (missing > 0) {
            missing = 0;
            out.append(REPLACEMENT);
        }
    }

    private void accept(int b, StringBuilder out) {
        if (missing == 0) {
            begin(b, out);
        } else if (b >= low && b <= high) {
            low = CONTINUATION_LOW;
            high = CONTINUATION_HIGH;
            point = (point << 6) | (b & 0x3F);
            if (--missing == 0) {
                out.appendCodePoint(point);
            }
        } else {
            missing = 0;
            out.append(REPLACEMENT);
            begin(b, out);
        }
    }

    private void begin(int b, StringBuilder out) {
        // a second byte outside these ranges would make an overlong form, a surrogate, or a point beyond U+10FFFF
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : CONTINUATION_LOW;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : CONTINUATION_HIGH;
        if (b < 0x80) {
            out.append((char) b);
        } else if (b >= 0xC2 && b <= 0xDF) {
            expect(1, b & 0x1F);
        } else if (b >= 0xE0 && b <= 0xEF) {
            expect(2, b & 0x0F);
        } else if (b >= 0xF0 && b <= 0xF4) {
            expect(3, b & 0x07);
        } else {
            out.append(REPLACEMENT);
        }
    }

    private void expect(int bytes, int bits) {
        missing = bytes;
        point = bits;
    }
}
