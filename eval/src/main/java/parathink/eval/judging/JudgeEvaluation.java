package parathink.eval.judging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import parathink.datasets.Problem;
import parathink.models.Engine;
import parathink.models.replay.Pool;
import parathink.strategies.Cut;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.LexicalJudge;

/**
 * Judges pairs of a pool's completions at some cuts and compares the verdicts with what became of them. A pure function of the pool, the
 * judge and the seed.
 *
 * @param problems whose completions are judged
 * @param pool that has them
 * @param engine on the pool; the judge's model with it, where it is one
 * @param cuts where they are cut off, in the order of the figures
 * @param most pairs a problem; a seeded choice of more
 * @param seed of that choice and of the bootstrap
 */
public record JudgeEvaluation(List<Problem> problems, Pool pool, Engine engine, List<Cut> cuts, int most, long seed) {
    public JudgeEvaluation {
        problems = List.copyOf(problems);
        cuts = List.copyOf(cuts);
        if (problems.size() < 2 || cuts.isEmpty() || most < 1) {
            throw new IllegalArgumentException(
                    "a judge is measured on 2 problems, 1 cut and 1 pair, or more; got %d, %d, %d"
                            .formatted(problems.size(), cuts.size(), most));
        }
    }

    /** The figures of a judge, one line a cut. */
    public List<JudgeFigures> of(Judge judge) {
        return figures(cut -> judged(judge, cut, problems));
    }

    /**
     * Coefficients of a lexical judge for all cuts together.
     *
     * @throws IllegalArgumentException where a cut leaves too little to judge
     */
    public LexicalJudge fit(double ridge) {
        return new LexicalFit(ridge).of(examples(problems));
    }

    /**
     * The figures of lexical judges, each fitted on the problems of the other folds: of problems that the fit has not seen.
     *
     * @param folds parts that the problems are dealt into in turn, 2 or more and no more than problems
     */
    public List<JudgeFigures> crossValidated(int folds, double ridge) {
        if (folds < 2 || folds > problems.size()) {
            throw new IllegalArgumentException("--folds must be between 2 and %d, the number of problems, got %d"
                    .formatted(problems.size(), folds));
        }
        var judged = new LinkedHashMap<Cut, List<JudgedProblem>>();
        for (int fold = 0; fold < folds; fold++) {
            var seen = new ArrayList<Problem>();
            var unseen = new ArrayList<Problem>();
            for (int i = 0; i < problems.size(); i++) {
                (i % folds == fold ? unseen : seen).add(problems.get(i));
            }
            var judge = new LexicalFit(ridge).of(examples(seen));
            for (var cut : cuts) {
                judged.computeIfAbsent(cut, none -> new ArrayList<>()).addAll(judged(judge, cut, unseen));
            }
        }
        return figures(judged::get);
    }

    private interface ByCut {
        List<JudgedProblem> judged(Cut cut);
    }

    private List<JudgeFigures> figures(ByCut by) {
        return cuts.stream()
                .map(cut -> JudgeFigures.of(cut.toString(), by.judged(cut), seed))
                .toList();
    }

    private Map<Cut, List<JudgedProblem>> examples(List<Problem> some) {
        var examples = new LinkedHashMap<Cut, List<JudgedProblem>>();
        var any = LexicalJudge.builtIn(); // its verdicts are not looked at
        for (var cut : cuts) {
            var judged = judged(any, cut, some);
            JudgeFigures.requireEnough(cut.toString(), judged);
            examples.put(cut, judged);
        }
        return examples;
    }

    private List<JudgedProblem> judged(Judge judge, Cut cut, List<Problem> some) {
        return IntStream.range(0, some.size())
                .parallel()
                .mapToObj(i -> JudgedProblem.of(some.get(i), engine, judge, cut, completions(some.get(i)), most, seed))
                .toList();
    }

    private int completions(Problem problem) {
        return pool.problem(problem.id()).orElseThrow().completions();
    }
}
