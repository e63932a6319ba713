package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.models.Usage;

/** Sessions on a server do what sessions on a model of this process do. */
final class EndpointEngineTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);
    private static final Prompt PROMPT = Prompt.user("two and two?");

    private static Session open(Engine engine, Budget budget, Journal journal) {
        return engine.open("p", budget, Seed.of(1), journal);
    }

    @Test
    void completionsComeInTheOrderOfTheirSequencesAndTheBillIsTheServersCount() {
        try (var server = new ScriptedServer("one", "three", "xi");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completions = session.decodeAll(session.start(PROMPT, SAMPLING).fork(3), StopRule.NONE);

            assertThat(completions).extracting(Completion::text).containsExactly("one", "three", "xi");
            assertThat(completions).extracting(Completion::tokens).containsExactly(4, 6, 3); // with the end token
            assertThat(completions).extracting(Completion::path).containsExactly("0/0", "0/1", "0/2");
            assertThat(completions).allMatch(completion -> completion.logprob().getAsDouble() == -0.5);
            // three requests read the twelve characters each; the longest chain is the second text
            assertThat(session.usage()).isEqualTo(new Usage(36, 0, 13, 6, 0, 0, 3));
        }
    }

    @Test
    void eachBranchSendsTheLow31BitsOfItsOwnSeed() {
        try (var server = new ScriptedServer("a", "b");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completions = session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);

            assertThat(server.requests())
                    .extracting(body -> body.path("seed").asLong())
                    .containsExactlyInAnyOrder(
                            completions.get(0).seed() & 0x7fffffff,
                            completions.get(1).seed() & 0x7fffffff);
            assertThat(completions.get(0).seed())
                    .isEqualTo(Seed.of(1).child("0/0").value());
        }
    }

    @Test
    void aStopTextEndsACompletionWithoutTheServersHelp() {
        try (var server = new ScriptedServer("so 4. And then some");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.after("."));

            assertThat(completion.text()).isEqualTo("so 4.");
            assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
            assertThat(completion.tokens()).isEqualTo(5);
        }
    }

    @Test
    void aSpentBudgetEndsCompletions() {
        try (var server = new ScriptedServer("abcdefgh", "abcdefgh");
                var engine = server.engine();
                var session = open(engine, new Budget(5), Journal.NONE)) {
            var completions = session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);

            assertThat(completions).allMatch(completion -> completion.finish() == FinishReason.BUDGET);
            assertThat(session.usage().work()).isEqualTo(5);
            assertThat(server.requests())
                    .allMatch(body -> body.path("max_tokens").asInt() == 5);
        }
    }

    @Test
    void aLimitOfTokensIsTheServers() {
        try (var server = new ScriptedServer("abcdefgh");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completion =
                    session.start(PROMPT, new SamplingParams(1, 0, 1, 0, 3)).decode(StopRule.NONE);

            assertThat(completion.text()).isEqualTo("abc");
            assertThat(completion.finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(session.usage().work()).isEqualTo(3);
        }
    }

    @Test
    void cancellingClosesTheStream() throws Exception {
        var left = new CompletableFuture<Boolean>();
        try (var server = new ScriptedServer("done").answering(1, exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    var event = "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"x\"}}]}\n\n"
                            .getBytes(StandardCharsets.UTF_8);
                    try (exchange) {
                        while (true) {
                            exchange.getResponseBody().write(event);
                            exchange.getResponseBody().flush();
                        }
                    } catch (IOException e) {
                        left.complete(true);
                    }
                });
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var first = session.start(PROMPT, SAMPLING);
            assertThat(first.decode(StopRule.NONE).text()).isEqualTo("done");
            var endless = session.start(PROMPT, new SamplingParams(1, 0, 1, 0, 1_000_000));
            session.decodeUntil(List.of(endless), StopRule.NONE, new Pause.AfterTokens(10));
            endless.cancel("not wanted");

            assertThat(left.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(session.usage().work()).isEqualTo(5 + 10);
        }
    }

    @Test
    void aPausedDecodeGoesOnAsIfItHadNot() {
        try (var server = new ScriptedServer("first this, then that", "first nothing");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var forks = session.start(PROMPT, SAMPLING).fork(2);
            var paused = session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(5));

            assertThat(paused).extracting(progress -> progress.text()).containsExactly("first", "first");
            assertThat(session.usage().work()).isEqualTo(10);
            assertThat(session.decodeAll(forks.subList(0, 1), StopRule.NONE)
                            .getFirst()
                            .text())
                    .isEqualTo("first this, then that");
            assertThat(session.usage().work()).isEqualTo(5 + 22);
        }
    }

    @Test
    void aTextThatEndsBeforeThePauseOfTheOthersIsToldThenAndOnce() {
        var told = new Told();
        try (var server = new ScriptedServer("short", "a text that goes on");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, told)) {
            var forks = session.start(PROMPT, SAMPLING).fork(2);
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(9));
            assertThat(told.ended).extracting(Completion::text).containsExactly("short");

            session.decodeAll(forks, StopRule.NONE);
        }
        assertThat(told.ended).extracting(Completion::text).containsExactly("short", "a text that goes on");
    }

    @Test
    void moreBranchesMayStandStillThanRequestsMayBeInFlight() {
        var scripts = new String[8];
        Arrays.fill(scripts, "a long enough text");
        var caps =
                new Caps(2, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), 0, Duration.ofSeconds(20));
        try (var server = new ScriptedServer(scripts);
                var engine = server.engine(caps, Time.REAL);
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var forks = session.start(PROMPT, SAMPLING).fork(8);
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(3));

            assertThat(session.decodeAll(forks, StopRule.NONE))
                    .allMatch(completion -> completion.text().equals("a long enough text"));
        }
    }

    @Test
    void thinkingInAFieldOfItsOwnIsPutBetweenItsMarks() {
        try (var server = new ScriptedServer("4").thinking("hm");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.NONE);

            assertThat(completion.text()).isEqualTo("<think>hm</think>4");
            assertThat(session.dialect().draft(completion, 0)).isEqualTo("4");
            assertThat(completion.tokens()).isEqualTo(4);
        }
    }

    @Test
    void thinkingThatWasCutOffStaysOpen() {
        try (var server = new ScriptedServer("4").thinking("hmmmmmmm");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            assertThat(session.start(PROMPT, new SamplingParams(1, 0, 1, 0, 3))
                            .decode(StopRule.NONE)
                            .text())
                    .isEqualTo("<think>hmm");
        }
    }

    @Test
    void whatAJournalRemembersIsNotAskedForAgain() {
        var told = new Told();
        try (var server = new ScriptedServer("one", "two");
                var engine = server.engine()) {
            var first = drawTwo(engine, told);
            told.ended.stream()
                    .filter(completion -> completion.path().equals("0/0"))
                    .forEach(completion -> told.earlier.put("0/0", completion));
            int before = server.requests().size();

            assertThat(drawTwo(engine, told)).isEqualTo(first);
            assertThat(told.ended.subList(2, 4)).extracting(Completion::text).containsExactlyInAnyOrder("one", "two");
            assertThat(server.requests()).hasSize(before + 1);
        }
    }

    /** The bill of two branches, when all is closed. */
    private static Usage drawTwo(Engine engine, Journal journal) {
        var session = open(engine, Budget.UNLIMITED, journal);
        try {
            session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);
        } finally {
            session.close();
        }
        return session.usage();
    }

    @Test
    void theNextCompletionToEndEndsTheTurn() {
        try (var server = new ScriptedServer("a", "bb", "ccc");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var seen = new ArrayList<String>();
            for (var completion :
                    session.asCompleted(session.start(PROMPT, SAMPLING).fork(3), StopRule.NONE)) {
                seen.add(completion.text());
            }
            assertThat(seen).containsExactlyInAnyOrder("a", "bb", "ccc");
        }
    }

    @Test
    void withoutUsageTokensAreEventsAndPromptsAreEstimated() {
        try (var server = new ScriptedServer("abc", "abc").withoutUsage();
                var engine = server.engine()) {
            // three characters each; twelve characters of prompt at four a token
            assertThat(drawTwo(engine, Journal.NONE)).isEqualTo(new Usage(6, 0, 6, 3, 0, 0, 2));
            try (var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
                assertThat(session.notes()).containsKey("tokens");
            }
        }
    }
}
