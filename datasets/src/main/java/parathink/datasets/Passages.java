package parathink.datasets;

import java.util.ArrayList;
import java.util.List;

/** The stretches of a text that are set as mathematics, found in one pass. */
final class Passages {
    private static final int LONGEST = 2_000;

    private Passages() {}

    /**
     * One stretch.
     *
     * @param start where its opening sign begins
     * @param end after its closing sign
     */
    record Passage(int start, int end, String content) {}

    static List<Passage> in(String text) {
        var passages = new ArrayList<Passage>();
        int at = 0;
        while (at < text.length()) {
            var closing = closing(text, at);
            int end = closing.isEmpty() ? -1 : near(text, closing, at + width(closing));
            if (end < 0) {
                at++;
            } else {
                passages.add(new Passage(at, end + closing.length(), text.substring(at + width(closing), end)));
                at = end + closing.length();
            }
        }
        return passages;
    }

    private static int width(String closing) {
        return closing.length(); // opening and closing signs are equally long
    }

    /** The sign that would close a passage that begins here; empty where none begins. */
    private static String closing(String text, int at) {
        char c = text.charAt(at);
        boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
        if (c == '$' && !escaped) {
            return text.startsWith("$$", at) ? "$$" : "$";
        }
        if (c == '\\' && !escaped && at + 1 < text.length()) {
            return switch (text.charAt(at + 1)) {
                case '(' -> "\\)";
                case '[' -> "\\]";
                default -> "";
            };
        }
        return "";
    }

    private static int near(String text, String sign, int from) {
        int limit = Math.min(text.length(), from + LONGEST);
        for (int i = from; i + sign.length() <= limit; i++) {
            if (text.startsWith(sign, i) && !(sign.charAt(0) == '$' && text.charAt(i - 1) == '\\')) {
                return i;
            }
        }
        return -1;
    }
}
