package parathink.models;

import java.util.List;
import java.util.Optional;

/**
 * What ends a decode besides the model's own end tokens and the token limit.
 *
 * @param texts the decode ends right after the first of these texts; the text is kept
 * @param tokens token ids that end the decode and are kept out of its text
 * @param watch measures confidence, and may end the decode as cancelled
 */
public record StopRule(List<String> texts, List<Integer> tokens, Optional<ConfidenceWatch> watch) {
    /** Only the model's own end. */
    public static final StopRule NONE = new StopRule(List.of(), List.of(), Optional.empty());

    public StopRule {
        texts = List.copyOf(texts);
        tokens = List.copyOf(tokens);
        if (texts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text must not be empty");
        }
    }

    /** Ends after one of these texts. */
    public static StopRule after(String... texts) {
        return new StopRule(List.of(texts), List.of(), Optional.empty());
    }

    /** Ends after one of these texts. */
    public static StopRule after(List<String> texts) {
        return new StopRule(texts, List.of(), Optional.empty());
    }

    /** Ends by the model itself, or by the confidence that is measured on the way. */
    public static StopRule watching(ConfidenceWatch watch) {
        return new StopRule(List.of(), List.of(), Optional.of(watch));
    }

    /**
     * Cuts what follows the first of the texts off a text that has grown; one may end inside what was added. Whether there was one.
     *
     * @param before characters there were when none was in it
     */
    public boolean cutAfterFirst(StringBuilder text, int before) {
        int cut = Integer.MAX_VALUE;
        for (var end : texts) {
            int at = text.indexOf(end, Math.max(0, before - end.length() + 1));
            cut = at < 0 ? cut : Math.min(cut, at + end.length());
        }
        if (cut == Integer.MAX_VALUE) {
            return false;
        }
        text.setLength(cut);
        return true;
    }

    /** Whether a completion with these confidences has what the watch measures, and would not have been ended by it. */
    public boolean isSatisfiedBy(Confidence known) {
        return watch.map(measuring -> known.isKnown() && known.window() == measuring.window() && !measuring.cuts(known))
                .orElse(true);
    }
}
