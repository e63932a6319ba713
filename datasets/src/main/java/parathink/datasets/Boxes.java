package parathink.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the boxed answers of a text in one pass, however their braces nest. */
final class Boxes {
    private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)(?![a-zA-Z])\\s{0,9}");
    private static final int LONGEST_GAP = 60;
    private static final Pattern DELIMITERS = Pattern.compile(
            "\\$|\\\\[()\\[\\],;:! ]|\\\\q?quad|\\\\text\\s?\\{\\s*(?:,?\\s*(?:and|or))?\\s*\\}|\\s|\\b(?:and|or)\\b");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z](?:_\\{?\\w{1,3}\\}?)?=$");

    private Boxes() {}

    private record Box(int start, int end, String content) {}

    /**
     * The content of the last box. Boxes joined by no more than "and", "or", punctuation or the name of the next value are
     * one answer of several parts.
     */
    static Optional<String> last(String text) {
        var boxes = all(text);
        if (boxes.isEmpty()) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        int at = boxes.size() - 1;
        parts.add(boxes.get(at).content());
        while (at > 0
                && joins(text.substring(
                        boxes.get(at - 1).end(),
                        Math.max(boxes.get(at - 1).end(), boxes.get(at).start())))) {
            at--;
            parts.addFirst(boxes.get(at).content());
        }
        return Optional.of(String.join(", ", new LinkedHashSet<>(parts)));
    }

    private static boolean joins(String gap) {
        if (gap.length() > LONGEST_GAP || gap.contains(".") || gap.contains("\n\n")) {
            return false;
        }
        var unescaped = gap.endsWith("\\") ? gap.substring(0, gap.length() - 1) : gap; // of a doubled backslash
        var rest = DELIMITERS.matcher(unescaped).replaceAll("");
        rest = NAME.matcher(rest).replaceFirst("");
        return rest.chars()
                .noneMatch(c -> Character.isLetterOrDigit(c) || c == '=' || c == '\\' || c == '<' || c == '>');
    }

    private static List<Box> all(String text) {
        var found = BOX.matcher(text);
        var boxes = new ArrayList<Box>();
        int[] closing = null;
        int from = 0;
        while (found.find(from)) {
            int start = found.end();
            if (start == text.length()) {
                break;
            }
            if (text.charAt(start) == '{') {
                closing = closing == null ? closing(text) : closing;
                int end = closing[start];
                if (end > 0) {
                    boxes.add(new Box(found.start(), end + 1, text.substring(start + 1, end)));
                }
                from = end > 0 ? end + 1 : start + 1;
            } else {
                int end = start;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && "$}\\,.".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                if (end > start) {
                    boxes.add(new Box(found.start(), end, text.substring(start, end)));
                }
                from = Math.max(end, start);
            }
        }
        return boxes;
    }

    /** For each opening brace the place of the one that closes it, else -1; escaped braces are no braces. */
    private static int[] closing(String text) {
        var closing = new int[text.length()];
        Arrays.fill(closing, -1);
        var open = new int[text.length()];
        int depth = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '{') {
                open[depth++] = i;
            } else if (c == '}' && depth > 0) {
                closing[open[--depth]] = i;
            }
        }
        return closing;
    }
}
