package parathink.strategies.judges;

import java.util.List;
import java.util.OptionalDouble;
import parathink.datasets.Question;
import parathink.models.Sequence;
import parathink.models.Session;

/**
 * Tells how probable it is that two completions will come to the same answer (DeepPrune: Tu et al., 2025, arXiv 2510.08483).
 * Implementations are immutable and may be used from any thread; what one spends is on the bill of the session it is given.
 */
public sealed interface Judge permits ModelJudge, LexicalJudge, OracleJudge {
    /**
     * The texts that it goes by, of completions that stand still: what they have said so far, for all but the oracle.
     *
     * @param said what each has said so far
     */
    default List<String> read(Session session, List<? extends Sequence> traces, List<String> said) {
        return said;
    }

    /**
     * The probability of the same answer, 0 to 1, of each pair in its order; nothing of a pair that the budget was too small for.
     *
     * @throws parathink.models.ModelException where a model cannot be asked, or a text is too long for it
     */
    List<OptionalDouble> same(Question question, Session session, List<Pair> pairs);
}
