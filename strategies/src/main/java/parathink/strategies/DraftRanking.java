package parathink.strategies;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parathink.datasets.AnswerFormat;
import parathink.models.Completion;
import parathink.models.Measures;
import parathink.models.ModelException;

/** What makes a draft one of the best where there is no label to tell; the paper does not say. */
public enum DraftRanking {
    /** The model names them. */
    MODEL,
    /** Mean divergence of its next-token distributions from the uniform one (Kang et al., 2025). */
    SELF_CERTAINTY,
    /** Mean log-probability of its tokens. */
    LOGPROB,
    /** How many drafts have its answer; those without an answer come last. */
    VOTES;

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Drafts by what is known of them, best first; equals in their order. Not for {@link #MODEL}, which is asked. */
    List<Draft> ordered(List<Draft> drafts, AnswerFormat format) {
        return switch (this) {
            case MODEL -> throw new IllegalStateException("the model is asked which drafts are best");
            case SELF_CERTAINTY -> by(drafts, Completion::selfCertainty);
            case LOGPROB -> by(drafts, Completion::logprob);
            case VOTES -> byVotes(drafts, format);
        };
    }

    /** What it looks at. */
    Measures measures() {
        return switch (this) {
            case MODEL, VOTES -> Measures.NONE;
            case SELF_CERTAINTY -> Measures.SELF_CERTAINTY;
            case LOGPROB -> Measures.LOGPROBS;
        };
    }

    private interface Measure {
        OptionalDouble of(Completion completion);
    }

    private List<Draft> by(List<Draft> drafts, Measure measure) {
        return drafts.stream()
                .sorted(Comparator.comparingDouble((Draft draft) -> -known(draft.completion(), measure)))
                .toList();
    }

    private double known(Completion completion, Measure measure) {
        return measure.of(completion)
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.UNABLE,
                        "rank=%s needs the %s of every draft, and completion %s has none; choose another rank or model"
                                .formatted(word(), word(), completion.path())));
    }

    private static List<Draft> byVotes(List<Draft> drafts, AnswerFormat format) {
        return drafts.stream()
                .sorted(Comparator.comparingLong((Draft draft) -> -draft.answer().stream()
                        .flatMap(mine -> drafts.stream()
                                .flatMap(other -> other.answer().stream())
                                .filter(theirs -> format.same(mine, theirs)))
                        .count()))
                .toList();
    }
}
