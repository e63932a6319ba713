package parathink.models.tokenizer;

/** The Unicode property White_Space; all its characters are single {@code char}s. */
final class WhiteSpace {
    private WhiteSpace() {}

    static boolean is(char c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** Where the white space that ends at {@code end} begins, not before {@code from}. */
    static int startOfRun(String text, int from, int end) {
        int start = end;
        while (start > from && is(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the white space that begins at {@code start} ends. */
    static int endOfRun(String text, int start) {
        int end = start;
        while (end < text.length() && is(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
