package parathink.models.replay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Recorded;

/**
 * One recorded completion, as it can be given again.
 *
 * @param text as decoded; where only the answer is known, the answer in a box, or nothing for none
 * @param isText whether the text was recorded, so that a part of it means something
 * @param tokens decoded, at least 1
 * @param finish why it ended
 * @param confidence one number for the whole or one a token, where known
 * @param logprob mean log-probability of its tokens, where known
 * @param selfCertainty mean self-certainty of its tokens, where known
 * @param recorded what else is known of the whole
 * @param chunks characters of consecutive parts of the text; empty where unknown
 */
record Draw(
        String text,
        boolean isText,
        int tokens,
        FinishReason finish,
        Optional<List<Double>> confidence,
        OptionalDouble logprob,
        OptionalDouble selfCertainty,
        Recorded recorded,
        List<Integer> chunks) {
    /** Characters that a token has about, for completions whose tokens were not counted. */
    private static final int CHARACTERS_A_TOKEN = 4;

    Draw {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        confidence = confidence.map(List::copyOf);
        chunks = List.copyOf(chunks);
    }

    static Draw of(PoolRow row) {
        var measures = row.measures();
        var text = row.text().orElseGet(() -> row.answer().map(Draw::boxed).orElse(""));
        return new Draw(
                text,
                row.text().isPresent(),
                tokens(row),
                row.finish().equals("length") ? FinishReason.LENGTH : FinishReason.STOP,
                measures.confidence(),
                measures.logprob().isPresent() ? measures.logprob() : logprob(measures.chunks()),
                measures.selfCertainty(),
                new Recorded(measures.score(), measures.seconds()),
                measures.chunks().stream().map(PoolRow.Chunk::chars).toList());
    }

    /** Counted, else one a measured confidence, else estimated from the text. */
    private static int tokens(PoolRow row) {
        int measured = row.measures().confidence().map(List::size).orElse(0);
        return row.tokens()
                .orElseGet(() -> measured > 1
                        ? measured
                        : estimate(row.text().or(row::answer).orElse("")));
    }

    /** Tokens of a text that nobody counted: its characters by four, and never none. */
    static int estimate(String text) {
        return Math.max(1, Math.ceilDiv(text.length(), CHARACTERS_A_TOKEN));
    }

    /** Every answer format finds an answer in a box, and a box is not taken for anything else. */
    private static String boxed(String answer) {
        return "\\boxed{" + answer + "}";
    }

    /** A chunk's perplexity is the exponential of its negative mean log-probability; longer chunks have more tokens. */
    private static OptionalDouble logprob(List<PoolRow.Chunk> chunks) {
        double sum = 0;
        long chars = 0;
        for (var chunk : chunks) {
            if (chunk.perplexity().isPresent()) {
                sum -= chunk.chars() * StrictMath.log(chunk.perplexity().getAsDouble());
                chars += chunk.chars();
            }
        }
        return chars == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / chars);
    }

    /** Its confidences in groups of a size; of its first tokens only, where there is one a token. */
    Confidence confidence(int window, int some) {
        var known = confidence.orElse(List.of());
        int first = known.size() == tokens ? Math.min(some, tokens) : known.size();
        return first == 0
                ? Confidence.UNKNOWN
                : Confidence.of(
                        window,
                        known.subList(0, first).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
    }

    /** Whether each of its tokens has a confidence. */
    boolean hasTokenConfidence() {
        return confidence.map(List::size).orElse(0) == tokens;
    }

    /** The text after some of the tokens: the same share of its characters; no part of an answer that stands alone. */
    String textAfter(int some) {
        if (some >= tokens) {
            return text;
        }
        return isText ? text.substring(0, charactersAfter(some)) : "";
    }

    /** The tokens after which that many of its parts have been given; all, where it has no more of them. */
    int tokensOfChunks(int some) {
        if (some >= chunks.size()) {
            return tokens;
        }
        int characters =
                chunks.subList(0, some).stream().mapToInt(Integer::intValue).sum();
        return Math.min(tokens, tokensAt(characters));
    }

    private int charactersAfter(int some) {
        int end = (int) ((long) text.length() * some / tokens);
        boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return splits ? end - 1 : end;
    }

    /** The tokens after which the text has so many characters. */
    int tokensAt(int characters) {
        return (int) Math.max(1, Math.ceilDiv((long) characters * tokens, Math.max(1, text.length())));
    }
}
