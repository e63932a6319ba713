package parathink.models;

import java.util.Optional;

/** Where a session tells of its completions as they end. Called by the thread that runs the engine; must return quickly. */
public interface Journal {
    /** Remembers nothing and tells nobody. */
    Journal NONE = new Journal() {
        @Override
        public Optional<Completion> recorded(String path) {
            return Optional.empty();
        }

        @Override
        public void ended(Completion completion) {}
    };

    /**
     * The completion that an earlier, interrupted run had already finished at this place; whether its prompt left a thinking
     * block open need not be remembered.
     */
    Optional<Completion> recorded(String path);

    /** Called once for every completion, cancelled ones included, before its strategy sees it. */
    void ended(Completion completion);

    /**
     * What is known of the tokens of the decode at this place: all of them where a completion is on record, else the first ones of
     * a decode that was cut off by a kill; nothing where only texts are remembered.
     */
    default Optional<TokenBlock> tokens(String path) {
        return Optional.empty();
    }

    /**
     * Takes tokens of a decode on: with checkpoints each time that so many more were decoded, and all that a completion leaves in
     * its sequence just before {@link #ended}. An exception ends the session's turn.
     */
    default void keep(TokenBlock block) {}

    /** Takes note, just before {@link #ended}, that so many tokens of a decode that was cut off came from {@link #tokens}. */
    default void read(int tokens) {}
}
