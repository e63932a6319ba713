package parathink.models.endpoint;

import parathink.models.StopRule;

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

    /** Ends after the first of some stop texts; whether there was one since there were so many characters. */
    boolean endsAfter(StopRule stop, int before) {
        return stop.cutAfterFirst(text, before);
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
