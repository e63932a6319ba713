package parathink.models;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a journal has of one decode: the completion, or the tokens of one that was cut off, or nothing. Belongs to its row.
 *
 * @param completion the completion on record, where it is what this decode would give
 * @param tokens its tokens; of a completion on record of which only the text is known, nothing
 */
record SavedDecode(Optional<Completion> completion, Optional<TokenBlock> tokens) {

    /**
     * What there is that this decode can go on from.
     *
     * @param ends whether the completion on record is one that this decode would have ended in
     * @param exactly whether its tokens must be known, not only its text
     * @param watched whether confidences are measured
     */
    static SavedDecode of(
            Journal journal, String path, long seed, Predicate<Completion> ends, boolean exactly, boolean watched) {
        var recorded = journal.recorded(path);
        var known = journal.tokens(path)
                .filter(block -> block.seed() == seed && block.from() == 0 && block.ended() == recorded.isPresent());
        if (recorded.isPresent()) {
            var whole = recorded.filter(c -> c.seed() == seed && ends.test(c) && (known.isPresent() || !exactly));
            return new SavedDecode(whole, known.filter(block -> whole.isPresent()));
        }
        return new SavedDecode(
                Optional.empty(), known.filter(block -> !watched || block.confidences().length == block.size()));
    }

    /** Tokens that are read rather than drawn. */
    int size() {
        return completion
                .map(Completion::tokens)
                .orElseGet(() -> tokens.map(TokenBlock::size).orElse(0));
    }

    /** Whether a token that is read goes into the sequence as it is; one that ended its text does not. */
    boolean hasToken(int at) {
        return tokens.isPresent() && at < tokens.get().size();
    }

    /** The tokens of a completion of which only the text is known, read again: they may be others than the first time. */
    int[] tokensOfText(Tokenizer tokenizer) {
        return tokens.isPresent()
                ? new int[0]
                : completion.map(c -> tokenizer.encode(c.text())).orElseGet(() -> new int[0]);
    }
}
