package parathink.models.replay;

import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Recorded;
import parathink.models.StopRule;

/** One recorded completion while it is being given, token by token. Used by the strategy's thread. */
final class ReplayRow {
    /**
     * Where a completion ends when nobody interferes.
     *
     * @param tokens given until then
     * @param by the rule that ends it as cancelled; empty otherwise
     */
    private record End(int tokens, String text, FinishReason finish, String by) {}

    private final ReplaySequence sequence;
    private final Draw draw;
    private final StopRule stop;
    private final long seed;
    private final long spanStart;
    private final End end;

    private int tokens;
    private Optional<FinishReason> finish = Optional.empty();
    private String stoppedBy = "";

    /**
     * Begins to give a completion.
     *
     * @param seed of its place in the fork tree; it tells the place and drew nothing
     * @param spanStart tokens on the longest chain before its first one
     */
    ReplayRow(ReplaySequence sequence, Draw draw, StopRule stop, long seed, long spanStart) {
        this.sequence = sequence;
        this.draw = draw;
        this.stop = stop;
        this.seed = seed;
        this.spanStart = spanStart;
        this.end = watched(limited(stopped(draw, stop), draw, sequence.maxTokens()), draw, stop);
    }

    private static End stopped(Draw draw, StopRule stop) {
        int cut = Integer.MAX_VALUE;
        for (var mark : stop.texts()) {
            int at = draw.text().indexOf(mark);
            cut = at < 0 ? cut : Math.min(cut, at + mark.length());
        }
        return cut == Integer.MAX_VALUE
                ? new End(draw.tokens(), draw.text(), draw.finish(), "")
                : new End(draw.tokensAt(cut), draw.text().substring(0, cut), FinishReason.STOP, "");
    }

    private static End limited(End end, Draw draw, int most) {
        return end.tokens() <= most ? end : new End(most, draw.textAfter(most), FinishReason.LENGTH, "");
    }

    /** A watch ends a completion only where each token has its confidence; elsewhere it measures. */
    private static End watched(End end, Draw draw, StopRule stop) {
        if (stop.watch().isEmpty() || !draw.hasTokenConfidence()) {
            return end;
        }
        var watch = stop.watch().get();
        int until = watch.tokensUntilEnd(draw.confidence(watch.window(), end.tokens()));
        return until >= end.tokens()
                ? end
                : new End(until, draw.textAfter(until), FinishReason.CANCELLED, watch.reason());
    }

    ReplaySequence sequence() {
        return sequence;
    }

    /** Whether a stop text or the limit of tokens ends it before the recorded end. */
    boolean isShortened() {
        return end.tokens() < draw.tokens() && end.by().isEmpty();
    }

    int remaining() {
        return end.tokens() - tokens;
    }

    void advance(int steps) {
        if (steps > 0) {
            tokens += steps;
            sequence.extendSpan(span());
            if (tokens == end.tokens()) {
                end(end.finish(), end.by());
            }
        }
    }

    void end(FinishReason reason, String by) {
        finish = Optional.of(reason);
        stoppedBy = by;
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /** Tokens on the longest chain that led to its last token. */
    long span() {
        return tokens == 0 ? sequence.span() : spanStart + tokens;
    }

    /** What came of it; the row must have finished. What was measured of the whole is not said of a part. */
    Completion completion() {
        boolean whole = tokens == draw.tokens();
        return new Completion(
                sequence.path(),
                tokens == end.tokens() ? end.text() : draw.textAfter(tokens),
                tokens,
                finish.orElseThrow(),
                seed,
                whole ? draw.logprob() : OptionalDouble.empty(),
                whole ? draw.selfCertainty() : OptionalDouble.empty(),
                confidence(whole),
                stoppedBy,
                whole ? draw.recorded() : Recorded.NOTHING,
                false);
    }

    /** One number for the whole says nothing of a part. */
    private Confidence confidence(boolean whole) {
        int window = stop.watch().map(watch -> watch.window()).orElse(1);
        return whole || draw.hasTokenConfidence() ? draw.confidence(window, tokens) : Confidence.UNKNOWN;
    }
}
