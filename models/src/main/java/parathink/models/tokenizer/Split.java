package parathink.models.tokenizer;

import java.util.regex.Pattern;

/**
 * Cuts at the matches of a pattern.
 *
 * @param inverted whether what lies between the matches is taken for the matches
 */
record Split(Pattern pattern, SplitBehavior behavior, boolean inverted) implements PreTokenizer {
    @Override
    public void cut(String piece, boolean opening, Pieces pieces) {
        var matcher = LimitedText.matcher(pattern, piece);
        var spans = new Spans(piece, opening, pieces);
        int end = 0;
        while (matcher.find()) {
            if (matcher.end() == matcher.start() && !cutsAt(piece, matcher.start(), end)) {
                continue;
            }
            spans.add(end, matcher.start(), inverted);
            spans.add(matcher.start(), matcher.end(), !inverted);
            end = matcher.end();
        }
        spans.add(end, piece.length(), inverted);
        spans.finish();
    }

    /** Whether an empty match cuts: not right behind a match, and never through a character. */
    private static boolean cutsAt(String piece, int at, int end) {
        return at > end && at < piece.length() && !Character.isSurrogatePair(piece.charAt(at - 1), piece.charAt(at));
    }

    /** Joins neighbouring spans as the behaviour says; one span waits for its neighbour. */
    private final class Spans {
        private final String piece;
        private final boolean opening;
        private final Pieces pieces;
        private int start;
        private int end;
        private boolean match; // of the span that came last

        Spans(String piece, boolean opening, Pieces pieces) {
            this.piece = piece;
            this.opening = opening;
            this.pieces = pieces;
        }

        void add(int from, int to, boolean matches) {
            if (from == to) {
                return;
            }
            if (start == end || !joins(matches)) {
                finish();
                start = from;
            }
            end = to;
            match = matches;
            if (behavior == SplitBehavior.REMOVED && matches) {
                start = end;
            }
        }

        private boolean joins(boolean matches) {
            return switch (behavior) {
                case ISOLATED, REMOVED -> false;
                case MERGED_WITH_PREVIOUS -> matches && !match;
                case MERGED_WITH_NEXT -> !matches && match;
                case CONTIGUOUS -> matches == match;
            };
        }

        void finish() {
            if (start < end) {
                pieces.accept(piece.substring(start, end), opening && start == 0);
            }
        }
    }
}
