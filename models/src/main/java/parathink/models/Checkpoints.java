package parathink.models;

import java.util.Optional;

/** Saves one decode as it goes on, where its engine wants that. Belongs to its row; the decode loop's thread. */
final class Checkpoints {
    private final Journal journal;
    private final int every; // 0 for never
    private final String path;
    private final long seed;
    private final int start; // tokens of the sequence before the decode

    Checkpoints(LocalSession session, String path, long seed, int start) {
        this.journal = session.journal();
        this.every = session.checkpointTokens();
        this.path = path;
        this.seed = seed;
        this.start = start;
    }

    /**
     * Has the last tokens read again in one pass where a block of them is full and the decode goes on; whether it was.
     *
     * @param tokens of the decode
     */
    boolean settle(LocalSequence sequence, int tokens, boolean goesOn) {
        boolean full = every > 0 && goesOn && tokens % every == 0;
        if (full) {
            sequence.settle(every);
        }
        return full;
    }

    /** Saves the last block. */
    void save(LocalSequence sequence, int tokens, Optional<Watched> watched, double logprobs, double selfCertainties) {
        int from = tokens - every;
        journal.keep(TokenBlock.part(
                path,
                seed,
                from,
                sequence.ids(start + from, start + tokens),
                watched.map(watching -> watching.from(from)).orElseGet(() -> new double[0]),
                logprobs,
                selfCertainties));
    }

    /** All that the decode has left in its sequence. */
    TokenBlock whole(LocalSequence sequence) {
        return TokenBlock.whole(path, seed, sequence.ids(start, sequence.length()));
    }
}
