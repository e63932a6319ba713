package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.Session;

final class PluginStrategyTest {
    private static final PluginJar JAR = new PluginJar(Path.of("told.jar"), "0".repeat(64));

    /** Asks whether "a" is right, and answers with what it was told. */
    private record Told() implements Strategy {
        @Override
        public Outcome solve(Question question, Session session) {
            return solve(question, session, Oracle.NONE);
        }

        @Override
        public Outcome solve(Question question, Session session, Oracle oracle) {
            var asked = question.answerIn("= a").orElseThrow();
            return Outcome.of(oracle.isRight(asked) ? Optional.of(asked) : Optional.empty());
        }

        @Override
        public boolean isDiagnostic() {
            return true;
        }
    }

    /** Lacks a class in all that it does. */
    private record Torn() implements Strategy {
        @Override
        public Outcome solve(Question question, Session session) {
            throw new NoClassDefFoundError("Late");
        }

        @Override
        public boolean isDiagnostic() {
            throw new NoClassDefFoundError("Late");
        }
    }

    @Test
    void aDiagnosisOfAJarIsMarkedAndTold() {
        var strategy = entry(new Told()).with(Map.of(), StrategyContract.GREEDY);

        assertThat(strategy.isDiagnostic()).isTrue();
        try (var engine = new LocalEngine(new ScriptedModel("= a"));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            assertThat(strategy.solve(Solved.QUESTION, session, answer -> true))
                    .isInstanceOfSatisfying(
                            Outcome.Answered.class,
                            told -> assertThat(told.answer().canonical()).isEqualTo("a"));
            assertThat(strategy.solve(Solved.QUESTION, session, answer -> false))
                    .isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @Test
    void aClassThatIsMissingIsAFaultOfTheJarWhereverItIsMissed() {
        var strategy = entry(new Torn()).with(Map.of(), StrategyContract.GREEDY);

        assertThatThrownBy(strategy::isDiagnostic)
                .isInstanceOf(ModelException.class)
                .hasMessage("plug-in told.jar: it lacks the class Late");
        try (var engine = new LocalEngine(new ScriptedModel("= a"));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            assertThatThrownBy(() -> strategy.solve(Solved.QUESTION, session, answer -> true))
                    .hasMessage("plug-in told.jar: it lacks the class Late");
        }
    }

    private static StrategyEntry entry(Strategy strategy) {
        return new StrategyEntry("told", "Told.", "none", "nothing", List.of(), (settings, sampling) -> strategy)
                .from(JAR);
    }
}
