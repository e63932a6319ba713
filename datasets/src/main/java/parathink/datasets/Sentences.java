package parathink.datasets;

/** Cuts the sentence that holds an answer out of a text. */
final class Sentences {
    private static final int LONGEST = 400;

    private Sentences() {}

    /** The sentence that begins at a place, without decoration; mathematics in it is never cut. */
    static String first(String text, int from) {
        int start = from;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || "*_:：".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        var window = text.substring(start, Math.min(text.length(), start + LONGEST));
        var passages = Passages.in(window);
        int braces = 0;
        for (int i = 0; i < window.length(); i++) {
            int at = i;
            var inside = passages.stream()
                    .filter(passage -> passage.start() <= at && at < passage.end())
                    .findFirst();
            if (inside.isPresent()) {
                i = inside.get().end() - 1;
                continue;
            }
            char c = window.charAt(i);
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '\n' || c == '。' || (braces <= 0 && c == '.' && ends(window, i))) {
                return bare(window.substring(0, i));
            }
        }
        return bare(window);
    }

    /** A full stop before a space or the end, but not one of {@code p.m.} */
    private static boolean ends(String text, int stop) {
        boolean last = stop + 1 == text.length()
                || Character.isWhitespace(text.charAt(stop + 1))
                || text.charAt(stop + 1) == '*';
        boolean initial = stop >= 2 && text.charAt(stop - 2) == '.';
        return last && !initial;
    }

    /** Without emphasis, quotes and the stop at the end. */
    static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && " \t*_:：\"".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " \t*_.,;\"。".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
