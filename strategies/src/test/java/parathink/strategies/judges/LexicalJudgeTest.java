package parathink.strategies.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ScriptedModel;
import parathink.models.Seed;

final class LexicalJudgeTest {
    private static final Question QUESTION = new Question("what is it?", new TextAnswers());

    @TempDir
    private Path folder;

    @Test
    void aVerdictIsTheLogisticFunctionOfTheWeightedFeatures() {
        // one of two results is shared: 0.5 of those that either has is 1/3 here, as there are three different ones
        var judge = new LexicalJudge(-1, weights(LexicalFeature.RESULTS_SHARED, 6));
        var verdict = ask(judge, new Pair("1+1 = 2, 2+2 = 4", "1+1 = 2, 2+2 = 5"));
        assertThat(verdict).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12)); // -1 + 6/3
    }

    @Test
    void theBuiltInJudgeThinksEqualTextsMoreAlikeThanUnlikeOnes() {
        var judge = LexicalJudge.builtIn();
        var text = "so 12*7 = 84, and x = 84, the answer is 84";
        double equal = ask(judge, new Pair(text, text));
        double unlike = ask(judge, new Pair(text, "wait, 12+7 = 19, x = 19, the answer is 19, or 5"));
        assertThat(equal).isGreaterThan(unlike + 0.1);
    }

    @Test
    void spendsNothing() {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            LexicalJudge.builtIn().same(QUESTION, session, List.of(new Pair("1", "2")));
            assertThat(session.usage().work()).isZero();
            assertThat(session.usage().prefill()).isZero();
        }
    }

    @Test
    void readsWhatItWrites() throws IOException {
        var judge = new LexicalJudge(0.25, weights(LexicalFeature.NAMED_CONFLICT, -1.5));
        var file = Files.writeString(folder.resolve("c.tsv"), judge.lines());
        assertThat(LexicalJudge.read(file)).isEqualTo(judge);
    }

    @Test
    void refusesAFileThatIsNotOne() throws IOException {
        var file = Files.writeString(folder.resolve("c.tsv"), "intercept\t1\nnumbers-shared\tmuch\n");
        assertThatThrownBy(() -> LexicalJudge.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c.tsv: line 2 must be a word, a tab and a number, got 'numbers-shared\tmuch'");
        Files.writeString(file, "intercept\t1\n");
        assertThatThrownBy(() -> LexicalJudge.read(file)).hasMessageContaining("has no line for 'numbers-shared'");
        assertThatThrownBy(() -> LexicalJudge.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }

    private double ask(LexicalJudge judge, Pair pair) {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            return judge.same(QUESTION, session, List.of(pair)).stream()
                    .mapToDouble(OptionalDouble::orElseThrow)
                    .sum();
        }
    }

    private static Map<LexicalFeature, Double> weights(LexicalFeature only, double weight) {
        var weights = new EnumMap<LexicalFeature, Double>(LexicalFeature.class);
        for (var feature : LexicalFeature.values()) {
            weights.put(feature, feature == only ? weight : 0);
        }
        return weights;
    }
}
