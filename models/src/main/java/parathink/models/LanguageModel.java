package parathink.models;

/**
 * A decoder: one forward pass over a ragged batch of steps. The lowest seam of the engine, and the one that tests replace.
 * Owned and closed by the engine; after construction only the thread that runs the decode loop may call
 * {@link #newCache}, {@link #forward} and {@link #close}.
 */
public interface LanguageModel extends AutoCloseable {
    /** The name shown in reports. */
    String name();

    /** What a run must name so that it can be done again. */
    Provenance provenance();

    Tokenizer tokenizer();

    ChatTemplate template();

    /** The texts by which it is asked for the steps of parallel reasoning. */
    default Dialect dialect() {
        return ChatDialect.BUILT_IN;
    }

    /** Sampling the model's makers recommend. */
    SamplingParams defaults();

    /** Logits a row: the number of token ids. */
    int vocabularySize();

    /** The longest context, prompt and new tokens together. */
    int contextLength();

    /** Whether this token ends every text. */
    boolean isEnd(int token);

    /** Whether caches of different branches can be joined without computing anything again. */
    boolean joinsCaches();

    /** Rows that one pass decodes well; the engine splits larger sessions into passes. */
    int preferredRows();

    /** An empty cache. */
    KvCache newCache();

    /**
     * Appends each row's tokens to its cache and answers with the logits after its last token. A row's logits have the same
     * bits whatever the other rows are, and however a prompt is split over passes of two or more tokens. A pass of one token
     * is a decoding step, which may round otherwise: who rebuilds a cache appends decoded tokens one at a time.
     *
     * @throws OutOfMemoryError when there is no memory for this pass; the caches are then as they were, and fewer rows may fit
     * @throws ModelException when the pass fails; the caches of the batch are then of no further use
     */
    void forward(Batch batch);

    @Override
    void close();
}
