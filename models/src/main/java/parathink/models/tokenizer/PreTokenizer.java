package parathink.models.tokenizer;

/** Cuts a text into the pieces that merges never cross. Immutable; any thread. */
@FunctionalInterface
interface PreTokenizer {
    /**
     * Cuts one piece.
     *
     * @param opening whether the piece begins the whole text
     */
    void cut(String piece, boolean opening, Pieces pieces);

    /** The cut that follows this one, on each of its pieces. */
    default PreTokenizer then(PreTokenizer next) {
        return (piece, opening, pieces) -> cut(piece, opening, (part, first) -> next.cut(part, first, pieces));
    }

    /** Takes pieces, in the order of the text; never an empty one. */
    @FunctionalInterface
    interface Pieces {
        void accept(String piece, boolean opening);
    }
}
