package parathink.strategies.judges;

import java.util.List;
import java.util.OptionalDouble;
import parathink.datasets.Question;
import parathink.models.Sequence;
import parathink.models.Session;

/**
 * Knows the recorded ends of all texts, and so bounds what any judge could achieve. Two texts without an answer are not the same: they
 * do not vote together. Works on pools alone. Immutable; any thread.
 */
public record OracleJudge() implements Judge {
    @Override
    public List<String> read(Session session, List<? extends Sequence> traces, List<String> said) {
        return session.foreseen(traces);
    }

    @Override
    public List<OptionalDouble> same(Question question, Session session, List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> OptionalDouble.of(isSame(question, pair) ? 1 : 0))
                .toList();
    }

    /** Whether both texts have an answer, and the same one. */
    public static boolean isSame(Question question, Pair pair) {
        var one = question.answerIn(pair.one());
        var other = question.answerIn(pair.other());
        return one.isPresent() && other.isPresent() && question.format().same(one.get(), other.get());
    }
}
