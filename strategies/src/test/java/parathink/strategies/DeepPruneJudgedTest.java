package parathink.strategies;

import java.util.List;
import parathink.strategies.GreedyClustering.Assign;
import parathink.strategies.GreedyClustering.Full;
import parathink.strategies.judges.ModelJudge;

/** What every strategy promises, of one that asks a model for verdicts: the scripted one calls all texts the same. */
final class DeepPruneJudgedTest extends StrategyContract {
    @Override
    Strategy strategy() {
        var clustering = new GreedyClustering(0.5, 2, 2, Assign.FIRST, Full.ARGMAX);
        return new DeepPrune(3, Cut.read("tokens=4", List.of()), new ModelJudge(), clustering, 2, 2, GREEDY);
    }
}
