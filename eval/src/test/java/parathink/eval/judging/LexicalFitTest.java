package parathink.eval.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.datasets.IntegerFormat;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.Usage;
import parathink.strategies.Cut;
import parathink.strategies.judges.LexicalJudge;
import parathink.strategies.judges.Pair;

final class LexicalFitTest {
    private static final Question QUESTION = new Question("how many?", new IntegerFormat());

    @Test
    void theMeanVerdictIsTheShareOfTheSamePairs() {
        // the slope of the likelihood along the intercept, which no penalty touches, is the sum of the misses
        var examples = examples();
        var fitted = new LexicalFit(1).of(Map.of(Cut.read("tokens=9", List.of()), examples));
        double misses = 0;
        for (var problem : examples) {
            var verdicts = ask(fitted, problem.pairs());
            for (int i = 0; i < verdicts.size(); i++) {
                misses += ((problem.same().get(i) ? 1 : 0) - verdicts.get(i)) / verdicts.size();
            }
        }
        assertThat(misses).isCloseTo(0, within(1e-6));
    }

    @Test
    void learnsThatTextsWithTheSameResultsGoTogether() {
        var fitted = new LexicalFit(0.1).of(Map.of(Cut.read("tokens=9", List.of()), examples()));
        var verdicts = ask(fitted, List.of(new Pair("1+1 = 41", "2+2 = 41"), new Pair("1+1 = 41", "2+2 = 50")));
        assertThat(verdicts.get(0)).isGreaterThan(0.8);
        assertThat(verdicts.get(1)).isLessThan(0.2);
    }

    @Test
    void aPenaltyOfNothingIsRefused() {
        assertThatThrownBy(() -> new LexicalFit(0)).hasMessageContaining("ridge must be above 0, got 0.0");
    }

    /** Pairs are the same when they have the same result. */
    private static List<JudgedProblem> examples() {
        var examples = new ArrayList<JudgedProblem>();
        for (int problem = 0; problem < 8; problem++) {
            var pairs = new ArrayList<Pair>();
            var same = new ArrayList<Boolean>();
            for (int i = 0; i < 3 + problem; i++) {
                int one = 20 + i % 3;
                int other = 20 + (i * problem) % 3;
                pairs.add(new Pair("so %d+%d = %d".formatted(i, problem, one), "then = %d".formatted(other)));
                same.add(one == other);
            }
            examples.add(new JudgedProblem("p" + problem, QUESTION, pairs, same, List.of(), 0, Usage.NONE));
        }
        return examples;
    }

    private static List<Double> ask(LexicalJudge judge, List<Pair> pairs) {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            return judge.same(QUESTION, session, pairs).stream()
                    .map(OptionalDouble::orElseThrow)
                    .toList();
        }
    }
}
