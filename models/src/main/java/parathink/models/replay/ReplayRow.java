package parathink.models.replay;

import java.util.OptionalDouble;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.StopRule;

/** One recorded completion while it is being given, token by token. Used by the strategy's thread. */
final class ReplayRow {
    private final ReplaySequence sequence;
    private final Draw draw;
    private final long seed;
    private final long spanStart;
    private final int total; // tokens until it ends by itself
    private final String wholeText;
    private final FinishReason ending;

    private int tokens;
    private FinishReason finish;
    private String stoppedBy = "";

    ReplayRow(ReplaySequence sequence, Draw draw, StopRule stop, long seed, long spanStart) {
        this.sequence = sequence;
        this.draw = draw;
        this.seed = seed;
        this.spanStart = spanStart;
        int cut = end(draw.text(), stop);
        int atStop = cut < 0 ? draw.tokens() : Math.min(draw.tokens(), draw.tokensAt(cut));
        int most = sequence.maxTokens();
        this.total = Math.min(atStop, most);
        if (atStop > most) {
            this.wholeText = draw.textAfter(most);
            this.ending = FinishReason.LENGTH;
        } else if (cut >= 0) {
            this.wholeText = draw.text().substring(0, cut);
            this.ending = FinishReason.STOP;
        } else {
            this.wholeText = draw.text();
            this.ending = draw.finish();
        }
    }

    /** Where the first stop text ends; -1 when there is none. */
    private static int end(String text, StopRule stop) {
        int cut = -1;
        for (var mark : stop.texts()) {
            int at = text.indexOf(mark);
            if (at >= 0 && (cut < 0 || at + mark.length() < cut)) {
                cut = at + mark.length();
            }
        }
        return cut;
    }

    ReplaySequence sequence() {
        return sequence;
    }

    /** Whether a stop rule or a limit ends it before the recorded end. */
    boolean isShortened() {
        return wholeText.length() < draw.text().length() || total < draw.tokens();
    }

    int remaining() {
        return total - tokens;
    }

    void advance(int steps) {
        if (steps > 0) {
            tokens += steps;
            sequence.extendSpan(span());
            if (tokens == total) {
                finish = ending;
            }
        }
    }

    void end(FinishReason reason, String by) {
        finish = reason;
        stoppedBy = by;
    }

    boolean isFinished() {
        return finish != null;
    }

    /** Tokens on the longest chain that led to its last token. */
    long span() {
        return tokens == 0 ? sequence.span() : spanStart + tokens;
    }

    /** What came of it; the row must have finished. What was measured of the whole is not said of a part. */
    Completion completion() {
        boolean whole = tokens == draw.tokens();
        var text = tokens == total ? wholeText : draw.textAfter(tokens);
        return new Completion(
                        sequence.path(),
                        text,
                        tokens,
                        finish,
                        seed,
                        whole ? draw.logprob() : OptionalDouble.empty(),
                        whole ? draw.selfCertainty() : OptionalDouble.empty(),
                        stoppedBy,
                        false)
                .scored(whole ? draw.score() : OptionalDouble.empty());
    }
}
