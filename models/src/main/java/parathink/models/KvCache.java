package parathink.models;

import java.util.List;

/**
 * Keys and values of the tokens one sequence has seen. Closed by the sequence that owns it; used only by the thread that
 * runs the model.
 */
public interface KvCache extends AutoCloseable {
    /** Tokens held. */
    int length();

    /** Position id that the next token will get; differs from the length after a join. */
    int position();

    /**
     * Takes note that branches begin at the present length, so that what is held may be kept once for all of them. This may
     * decide how later tokens are rounded: whoever rebuilds a cache says it at the same lengths.
     */
    default void share() {}

    /** A cache with the same content; the two then go their own ways. */
    KvCache fork();

    /**
     * Forgets all but the first tokens.
     *
     * @throws IllegalArgumentException for more tokens than are held
     */
    void truncate(int length);

    /**
     * A new cache that holds this one followed by what each branch added to it, nothing computed again. The next token's
     * position is one past the largest position used by any branch.
     *
     * @param branches caches that were forked from this one at its present length
     * @throws UnsupportedOperationException when {@link LanguageModel#joinsCaches} is false
     */
    KvCache join(List<KvCache> branches);

    @Override
    void close();
}
