package parathink.models;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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
     * How far the decodes have come that {@link #asCompleted} was asked for last and has not given, in any order. Nothing
     * advances by asking; of one that has ended, the completion is told when the session goes on to others.
     */
    List<Progress> standing();

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
     * The texts in which decodes that stand still will end, where they are on record already. It shows what a method could gain at most
     * from knowing the future; no method may use it.
     *
     * @throws ModelException where texts are generated
     */
    default List<String> foreseen(List<? extends Sequence> sequences) {
        throw new ModelException(
                ModelException.Kind.UNABLE,
                "only a pool of recorded completions knows how a text will end; give --model replay:PATH");
    }

    /** Completions that were asked for and that a pool of recorded ones did not have. */
    default int missing() {
        return 0;
    }

    /**
     * The session of a judge of this problem's completions, on the same bill: all that it reads and decodes is on the judge's part. Closed
     * with this one.
     */
    Session judge();

    /**
     * What a reward model gives completions of a question, in their order, and nothing for those longer than it reads; what it reads is on the
     * judge's part of the bill. Without a reward model, what a pool recorded with them.
     *
     * @throws ModelException of kind {@code UNABLE} without a reward model, for whole completions that have no recorded score
     */
    default List<OptionalDouble> rewards(String question, List<Completion> completions) {
        return RecordedRewards.OF_POOL.rewards(question, completions).stream()
                .map(Reward::score)
                .toList();
    }

    /** The texts by which this session's model is asked for the steps of parallel reasoning. */
    Dialect dialect();

    /** The beginning of a text that has at most so many tokens, as this session's model counts them. */
    String fitting(String text, int tokens);

    /**
     * Different numbers from 0 up, drawn evenly and in the order of the draw: the same whenever this session is asked for the draw of this
     * name.
     *
     * @param some how many numbers
     * @param of how many there are to draw from
     */
    List<Integer> draw(String name, int some, int of);

    /**
     * Tokens that completions of this session read and wrote, each with its whole context, whether it was computed for it or taken over:
     * what the calls would cost if each were made by itself. For the record; no strategy decides by it.
     */
    long tokens(Collection<Completion> calls);

    /** What the record should say of this session beside its bill, by topic; nothing for most engines. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** The bill so far. */
    Usage usage();

    @Override
    void close();
}
