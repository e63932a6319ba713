package parathink.models;

import java.util.List;
import java.util.Map;

/**
 * All that one problem may use: its budget, its random streams, its bill and its sequences. Used by one thread, the
 * strategy's. Its sequences advance only while that thread waits in one of the calls below; closing the session cancels and
 * frees them.
 */
public interface Session extends AutoCloseable {
    /** A new sequence that begins with a prompt. Nothing is computed before it is decoded or forked. */
    Sequence start(Prompt prompt, SamplingParams sampling);

    /** Decodes all sequences to their end, side by side; completions in the order of the sequences. */
    List<Completion> decodeAll(List<? extends Sequence> sequences, StopRule stop);

    /**
     * Decodes sequences side by side and gives each completion as soon as it ends, ties in the order of the sequences. The
     * sequences still out stand still unless the caller waits for the next one; those left when it stops asking are never
     * decoded further.
     */
    Iterable<Completion> asCompleted(List<? extends Sequence> sequences, StopRule stop);

    /**
     * Decodes sequences side by side until each has come to a pause or has ended. A decode that has paused goes on where it stands
     * when its sequence is decoded next, under the same stop rule: its text, its tokens and their random numbers are those of one
     * that never paused, and its one completion is given when it ends.
     */
    List<Progress> decodeUntil(List<? extends Sequence> sequences, StopRule stop, Pause pause);

    /**
     * Asks each sequence for one of two labels, by the probability that it begins the text that comes next; nothing is drawn, and the
     * sequences stay as they are. A completion's text is the more probable label, its {@link Completion#choice} the share of the first
     * one. Each costs one token: it is read, though not kept.
     */
    List<Completion> choose(List<? extends Sequence> sequences, Choice choice);

    /**
     * The session of a judge of this problem's completions, on the same bill: all that it reads and decodes is on the judge's part. Closed
     * with this one.
     */
    Session judge();

    /** The texts by which this session's model is asked for the steps of parallel reasoning. */
    Dialect dialect();

    /** What the record should say of this session beside its bill, by topic; nothing for most engines. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** The bill so far. */
    Usage usage();

    @Override
    void close();
}
