package parathink.models.replay;

import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Pause;
import parathink.models.Progress;
import parathink.models.Recorded;
import parathink.models.ServerCount;
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
    private final End end;
    private long spanStart;
    private int pauseAt;

    private int tokens;
    private Optional<FinishReason> finish = Optional.empty();
    private String stoppedBy = "";
    private boolean told;

    /**
     * Begins to give a completion.
     *
     * @param pause where it stands still
     * @param seed of its place in the fork tree; it tells the place and drew nothing
     * @param spanStart tokens on the longest chain before its first one
     */
    ReplayRow(ReplaySequence sequence, Draw draw, StopRule stop, Optional<Pause> pause, long seed, long spanStart) {
        this.sequence = sequence;
        this.draw = draw;
        this.stop = stop;
        this.seed = seed;
        this.spanStart = spanStart;
        this.end = watched(limited(stopped(draw, stop), draw, sequence.maxTokens()), draw, stop);
        this.pauseAt = pauseAt(pause);
    }

    /** Goes on after a pause: what the strategy has heard meanwhile comes before the next token. */
    void resume(StopRule same, Optional<Pause> next, long delivered) {
        if (!same.equals(stop)) {
            throw new IllegalArgumentException(
                    "the decode of %s goes on with the stop rule that it began with".formatted(sequence.path()));
        }
        spanStart = Math.max(sequence.node().span(), delivered) - tokens;
        pauseAt = pauseAt(next);
    }

    /** The first token after which the decode has come to its pause; its end where it comes to none. */
    private int pauseAt(Optional<Pause> pause) {
        if (pause.isPresent() && pause.get() instanceof Pause.AfterChunks some) {
            return Math.min(end.tokens(), draw.tokensOfChunks(some.chunks()));
        }
        if (pause.isEmpty() || !pause.get().watch().isMet(end.tokens(), end.text())) {
            return end.tokens();
        }
        int before = 0;
        int after = end.tokens();
        while (after - before > 1) {
            int middle = (before + after) >>> 1;
            if (pause.get().watch().isMet(middle, draw.textAfter(middle))) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return after;
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

    /** The text in which it ends when nobody interferes. */
    String foreseen() {
        return end.text();
    }

    ReplaySequence sequence() {
        return sequence;
    }

    /** Whether a stop text or the limit of tokens ends it before the recorded end. */
    boolean isShortened() {
        return end.tokens() < draw.tokens() && end.by().isEmpty();
    }

    int remaining() {
        return Math.max(0, pauseAt - tokens);
    }

    void advance(int steps) {
        if (steps > 0) {
            tokens += steps;
            sequence.node().extendSpan(span());
            if (tokens == end.tokens()) {
                end(end.finish(), end.by());
            }
        }
    }

    void end(FinishReason reason, String by) {
        finish = Optional.of(reason);
        stoppedBy = by;
    }

    /** Whether it gets no further token for now. */
    boolean rests() {
        return isFinished() || tokens >= pauseAt;
    }

    /** Whether its end has yet to be told; from here on it has been. */
    boolean becomesTold() {
        boolean news = !told;
        told = true;
        return news;
    }

    Progress progress() {
        return new Progress(
                sequence.path(), tokens == end.tokens() ? end.text() : draw.textAfter(tokens), tokens, isFinished());
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /** Tokens on the longest chain that led to its last token. */
    long span() {
        return tokens == 0 ? sequence.node().span() : spanStart + tokens;
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
                sequence.role(),
                OptionalDouble.empty(),
                whole ? draw.recorded() : Recorded.NOTHING,
                false,
                ServerCount.NONE);
    }

    /** One number for the whole says nothing of a part. */
    private Confidence confidence(boolean whole) {
        int window = stop.watch().map(watch -> watch.window()).orElse(1);
        return whole || draw.hasTokenConfidence() ? draw.confidence(window, tokens) : Confidence.UNKNOWN;
    }
}
