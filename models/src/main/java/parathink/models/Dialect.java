package parathink.models;

import java.util.List;
import java.util.Optional;

/**
 * The texts by which a model is asked for the steps of parallel reasoning: in the forms it was taught, or by instructions to
 * a chat model. Immutable; may be used from any thread.
 */
public interface Dialect {
    /**
     * What later steps read of a draft: the solution, without the thinking before it where the model keeps the two apart.
     *
     * @param round of the draft, counted from 0
     */
    String draft(Completion completion, int round);

    /** Asks for a workspace: what to keep of drafts. */
    Step distil(Prompt task, List<String> drafts);

    /**
     * Puts drafts into a workspace as they are, without a call.
     *
     * @return nothing where the model cannot read such a workspace
     */
    Optional<String> gathered(List<String> drafts);

    /** Asks for an attempt that starts from a workspace; an empty one stands for none. */
    Step refine(Prompt task, String workspace);

    /** Asks for an attempt that starts from an earlier one. */
    Step revise(Prompt task, String draft);

    /** Asks what is wrong with an attempt; nothing where the model was not taught to say. */
    Optional<Step> analyse(Prompt task, String draft);

    /** Asks for an attempt that starts from an earlier one and what is wrong with it. */
    Optional<Step> revise(Prompt task, String draft, String analysis);

    /** Asks which drafts are best, by their numbers from 1; nothing where the model was not taught to say. */
    Optional<Step> select(Prompt task, List<String> drafts, int best);

    /** Asks for the last word after completions that are given as text. */
    Step summarise(Prompt task, List<String> completions);

    /** Asks whether two beginnings of completions will come to the same answer. */
    Verdict compare(Prompt task, String one, String other);

    /** How the model thinks in parallel paths whose caches are joined; nothing where it was not taught to. */
    Optional<Thoughts> thoughts(Prompt task);
}
