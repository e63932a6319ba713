package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.FinishReason;
import parathink.models.JudgedEngine;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.Role;
import parathink.models.ScriptedModel;
import parathink.models.endpoint.ScriptedServer;

/** The promises of {@link StrategyContract}, for every strategy of the catalogue on every kind of engine that it can run on. */
final class EveryEngineTest {
    private static final String[] NOTHING = Collections.nCopies(8, "no").toArray(String[]::new);

    static List<EngineCase> all() {
        return EngineCase.all();
    }

    static List<EngineCase> replayed() {
        return EngineCase.all().stream().filter(EngineCase::replays).toList();
    }

    static List<EngineCase> needingNewText() {
        return EngineCase.all().stream().filter(one -> !one.replays()).toList();
    }

    static List<EngineCase> beyondServers() {
        return List.copyOf(EngineCase.beyondServers().keySet());
    }

    @Test
    void everyStrategyOfTheCatalogueIsTried() {
        var tried = new HashSet<String>();
        Stream.concat(all().stream(), beyondServers().stream()).forEach(one -> tried.add(one.strategy()));
        assertThat(tried)
                .isEqualTo(Strategies.all().stream().map(StrategyEntry::name).collect(Collectors.toSet()));
    }

    private static Engine local(EngineCase one, String... texts) {
        var engine = new LocalEngine(new ScriptedModel(texts).judging(text -> true));
        return one.isJudgedByAnother()
                ? new JudgedEngine(engine, new LocalEngine(new ScriptedModel().judging(text -> true)))
                : engine;
    }

    private static String[] texts(EngineCase one) {
        return one.texts().toArray(String[]::new);
    }

    private static Solved locally(EngineCase one) {
        return Solved.by(one.made(), local(one, texts(one)), Budget.UNLIMITED);
    }

    /** A server that says at every place what the model of this process said there. */
    private static ScriptedServer server(EngineCase one) {
        var server = new ScriptedServer(texts(one));
        locally(one).completions().stream()
                .filter(completion -> completion.finish() == FinishReason.STOP)
                .forEach(completion -> server.saying(completion.path(), completion.text()));
        return server;
    }

    private static Solved served(EngineCase one, ScriptedServer server, Budget budget) {
        var engine = server.engine();
        return Solved.by(
                one.made(), one.isJudgedByAnother() ? new JudgedEngine(engine, server.engine()) : engine, budget);
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsItsPromisesOnAModelOfThisProcess(EngineCase one) {
        keepsItsPromises(one, () -> local(one, texts(one)));
        assertThat(Solved.by(one.made(), local(one, NOTHING), Budget.UNLIMITED).outcome())
                .isInstanceOf(Outcome.Unanswered.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsItsPromisesOnAServer(EngineCase one) {
        for (int tokens : new int[] {1, 7, 20, 50}) {
            try (var server = server(one)) {
                assertThat(served(one, server, new Budget(tokens)).usage().work())
                        .isLessThanOrEqualTo(tokens);
            }
        }
        try (var server = server(one)) {
            isPoor(served(one, server, new Budget(1)));
        }
        Solved first;
        try (var server = server(one)) {
            first = served(one, server, Budget.UNLIMITED);
            isTheSum(first);
            assertThat(first.answer()).isEqualTo("a");
            assertThat(first.usage().prefill()).isEqualTo(server.promptTokens());
        }
        try (var server = server(one)) {
            var again = served(one, server, Budget.UNLIMITED);
            assertThat(again.outcome()).isEqualTo(first.outcome());
            assertThat(again.usage()).isEqualTo(first.usage());
            assertThat(again.completions()).hasSameElementsAs(first.completions());
        }
        try (var server = new ScriptedServer(NOTHING)) {
            assertThat(served(one, server, Budget.UNLIMITED).outcome()).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameTextsLeadToTheSameEndOnAServerAsOnAModelOfThisProcess(EngineCase one) {
        var local = locally(one);
        Solved served;
        try (var server = server(one)) {
            served = served(one, server, Budget.UNLIMITED);
        }
        assertThat(served.answer()).isEqualTo(local.answer());
        assertThat(votes(served)).isEqualTo(votes(local));
        assertThat(served.usage().calls()).isEqualTo(local.usage().calls());
        assertThat(ends(served)).isEqualTo(ends(local));
        // both count the end of a text; the scripted model alone reads an opening token before each
        for (var completion : served.completions()) {
            boolean verdict = completion.role().name().equals(Role.JUDGE.name());
            if (completion.finish() == FinishReason.STOP) {
                assertThat(completion.tokens())
                        .isEqualTo(verdict ? 1 : completion.text().length() + 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("replayed")
    void keepsItsPromisesInAReplay(EngineCase one, @TempDir Path folder) throws IOException {
        var pool = ScriptedPool.of(folder, StrategyContract.GREEDY, texts(one));
        keepsItsPromises(one, pool::engine);
    }

    @ParameterizedTest
    @MethodSource("needingNewText")
    void aReplaySaysThatItHasNoNewText(EngineCase one, @TempDir Path folder) throws IOException {
        var pool = ScriptedPool.of(folder, StrategyContract.GREEDY, texts(one));
        assertThatThrownBy(() -> Solved.by(one.made(), pool.engine(), Budget.UNLIMITED))
                .satisfies(e -> isOneLine(((ModelException) e).kind(), e.getMessage()))
                .hasMessageContaining("newly generated text")
                .hasMessageContaining("give a --model that generates");
    }

    @ParameterizedTest
    @MethodSource("beyondServers")
    void whatAServerCannotDoIsSaidInOneLine(EngineCase one) {
        try (var server = new ScriptedServer(texts(one));
                var engine = server.engine()) {
            var strategy = one.made();
            var refusal = strategy.objection(Solved.QUESTION, engine.dialect())
                    .or(strategy::needsPool)
                    .or(() -> engine.lacks(strategy.measures()))
                    .orElseThrow();
            isOneLine(ModelException.Kind.UNABLE, refusal);
            assertThat(refusal).contains(EngineCase.beyondServers().get(one));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatAServerCanDoIsNotRefused(EngineCase one) {
        try (var server = server(one);
                var engine = server.engine()) {
            var strategy = one.made();
            assertThat(strategy.objection(Solved.QUESTION, engine.dialect())).isEmpty();
            assertThat(strategy.needsPool()).isEmpty();
            assertThat(engine.lacks(strategy.measures())).isEmpty();
        }
    }

    private static void keepsItsPromises(EngineCase one, Supplier<Engine> engines) {
        for (int tokens : new int[] {1, 7, 20, 50}) {
            var solved = Solved.by(one.made(), engines.get(), new Budget(tokens));
            assertThat(solved.usage().work()).isLessThanOrEqualTo(tokens);
        }
        isPoor(Solved.by(one.made(), engines.get(), new Budget(1)));
        var first = Solved.by(one.made(), engines.get(), Budget.UNLIMITED);
        isTheSum(first);
        assertThat(Solved.by(one.made(), engines.get(), Budget.UNLIMITED)).isEqualTo(first);
    }

    private static void isPoor(Solved solved) {
        assertThat(solved.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(solved.completions()).allMatch(completion -> completion.finish() == FinishReason.BUDGET);
    }

    private static void isTheSum(Solved solved) {
        assertThat(solved.usage().work())
                .isEqualTo(solved.completions().stream()
                        .mapToLong(Completion::tokens)
                        .sum());
        assertThat(solved.usage().calls()).isEqualTo(solved.completions().size());
    }

    private static void isOneLine(ModelException.Kind kind, String message) {
        assertThat(kind).isEqualTo(ModelException.Kind.UNABLE);
        assertThat(message.lines()).hasSize(1);
    }

    private static Map<String, Integer> votes(Solved solved) {
        return solved.outcome().votes().stream()
                .collect(Collectors.toMap(vote -> vote.answer().canonical(), Vote::count));
    }

    /** Which completions there were, and how each ended; those that ended by themselves with their texts. */
    private static Map<String, String> ends(Solved solved) {
        return solved.completions().stream()
                .collect(Collectors.toMap(
                        Completion::path,
                        completion -> completion.finish() == FinishReason.STOP
                                ? completion.role() + completion.text()
                                : completion.finish() + completion.stoppedBy()));
    }
}
