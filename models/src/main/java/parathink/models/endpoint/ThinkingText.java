package parathink.models.endpoint;

import java.util.List;

/**
 * The text of a completion whose thinking the server may keep apart: the thinking stands between {@code <think>} and
 * {@code </think>}, as local models write it. Used by one thread.
 */
final class ThinkingText {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final StringBuilder text = new StringBuilder();
    private boolean thinking;

    void add(Piece piece) {
        if (!piece.reasoning().isEmpty()) {
            text.append(thinking ? "" : OPEN).append(piece.reasoning());
            thinking = true;
        }
        if (!piece.text().isEmpty()) {
            text.append(thinking ? CLOSE : "").append(piece.text());
            thinking = false;
        }
    }

    /**
     * Cuts what follows the first of some stop texts; one may end inside a piece. Whether there was one.
     *
     * @param before characters there were when none was found
     */
    boolean endsAfter(List<String> stops, int before) {
        int cut = Integer.MAX_VALUE;
        for (var stop : stops) {
            int at = text.indexOf(stop, Math.max(0, before - stop.length() + 1));
            cut = at < 0 ? cut : Math.min(cut, at + stop.length());
        }
        if (cut == Integer.MAX_VALUE) {
            return false;
        }
        text.setLength(cut);
        return true;
    }

    void clear() {
        text.setLength(0);
        thinking = false;
    }

    int length() {
        return text.length();
    }

    /** Whether the thinking was opened by the model's template, out of sight: it is closed here, and nowhere opened. */
    boolean beginsInside() {
        int close = text.indexOf(CLOSE);
        int open = text.indexOf(OPEN);
        return close >= 0 && (open < 0 || open > close);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
