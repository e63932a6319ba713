package parathink.models;

import java.util.List;

/** A live context that can be continued, forked and merged. Belongs to its session and is used by the session's thread. */
public interface Sequence {
    /** Place in the session's fork tree: {@code 0} for the first sequence started, {@code 0/2} for its third branch. */
    String path();

    /**
     * Says what its next completions are wanted for, and those of branches that are forked from then on.
     *
     * @return this sequence
     */
    Sequence as(Role role);

    /** Decodes until the model, the stop rule, the token limit or the budget ends it. */
    Completion decode(StopRule stop);

    /** Branches with the same context, computed once. Each draws from its own random stream, from its first token on. */
    List<Sequence> fork(int branches);

    /**
     * A sequence whose context is this one followed by what each branch added to it. Caches are joined without computing
     * anything again where the model allows it; otherwise the texts are put one after the other and prefilled.
     *
     * @param branches forks of this sequence, which has not advanced since
     */
    Sequence merge(List<? extends Sequence> branches);

    /** Appends a text to the context; paid as prefill when the sequence is next decoded. */
    void append(String text);

    /** Ends the sequence and frees its memory; what it has decoded since its last completion is told as cancelled. */
    void cancel(String reason);
}
