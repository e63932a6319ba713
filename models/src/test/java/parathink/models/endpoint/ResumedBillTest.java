package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Choice;
import parathink.models.Engine;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Usage;

/** What a run costs that was stopped and goes on. */
final class ResumedBillTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);
    private static final Prompt PROMPT = Prompt.user("two and two?");
    private static final Prompt COMPARISON = Prompt.user("\"identical\", or \"different\" if not.");

    @Test
    void theBillOfARunThatGoesOnIsThatOfOneNeverStopped() {
        var told = new Told();
        Usage whole;
        try (var server = breaking();
                var engine = server.engine()) {
            whole = drawAndJudge(engine, told);
        }
        // 2 tokens of the try that broke, 4 of "one", 4 of "two" and a verdict; each request found three characters of
        // its prompt in the server's cache
        assertThat(whole.work()).isEqualTo(2 + 4 + 4 + 1);
        assertThat(whole.prefill()).isEqualTo(2 * (12 - 3) + COMPARISON.text().length() - 3);
        assertThat(whole.reused()).isEqualTo(3 * 3);
        assertThat(whole.span()).isEqualTo(2 + 4 + 4 + 1); // one after the other

        for (var lost : List.of("", "0/0", "0/1", "j/0")) {
            var later = new Told();
            told.ended.stream()
                    .filter(completion -> !completion.path().equals(lost))
                    .forEach(completion -> later.earlier.put(completion.path(), completion));
            try (var server = lost.equals("0/0") ? breaking() : new ScriptedServer("one", "two").remembering(3);
                    var engine = server.engine()) {
                assertThat(drawAndJudge(engine, later)).as("without " + lost).isEqualTo(whole);
                assertThat(server.requests()).hasSize(lost.isEmpty() ? 0 : lost.equals("0/0") ? 2 : 1);
            }
        }
    }

    /** The first request is broken off after two tokens. */
    private static ScriptedServer breaking() {
        return new ScriptedServer("one", "two").remembering(3).answering(0, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            var event = "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"x\"}}]}\n\n";
            exchange.getResponseBody().write((event + event).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("the server breaks off");
        });
    }

    /** Two branches, one after the other, and a verdict. */
    private static Usage drawAndJudge(Engine engine, Journal journal) {
        var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal);
        try {
            var forks = session.start(PROMPT, SAMPLING).fork(2);
            session.decodeAll(forks.subList(0, 1), StopRule.NONE);
            session.decodeAll(forks.subList(1, 2), StopRule.NONE);
            var judge = session.judge();
            judge.choose(List.of(judge.start(COMPARISON, SAMPLING)), new Choice("identical", "different"));
        } finally {
            session.close();
        }
        return session.usage();
    }

    @Test
    void whatStoodStillAndWentOnIsNotAskedForAgain() {
        var told = new Told();
        Usage whole;
        try (var server = pausing();
                var engine = server.engine()) {
            whole = pauseAndGoOn(engine, told);
            assertThat(server.requests()).hasSize(3);
        }
        // the text that stood still after 9 tokens, one that ended before, and one that was cut off at the pause
        assertThat(whole.work()).isEqualTo(22 + 6 + 9);

        var later = new Told();
        told.ended.stream()
                .filter(completion -> completion.finish() == FinishReason.STOP)
                .forEach(completion -> later.earlier.put(completion.path(), completion));
        assertThat(later.earlier).containsOnlyKeys("0/0", "0/1");
        try (var server = pausing();
                var engine = server.engine()) {
            assertThat(pauseAndGoOn(engine, later)).isEqualTo(whole);
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(later.ended.getFirst()).isEqualTo(told.ended.getFirst());
    }

    private static ScriptedServer pausing() {
        return new ScriptedServer("first this, then that", "short", "cut off again").remembering(3);
    }

    /** Three branches stand still after nine tokens; the last is not wanted, the others go on. */
    private static Usage pauseAndGoOn(Engine engine, Journal journal) {
        var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal);
        try {
            var forks = session.start(PROMPT, SAMPLING).fork(3);
            var paused = session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(9));
            assertThat(paused)
                    .extracting(progress -> progress.text())
                    .containsExactly("first thi", "short", "cut off a");
            forks.get(2).cancel("not wanted");
            session.decodeAll(forks.subList(0, 1), StopRule.NONE);
        } finally {
            session.close();
        }
        return session.usage();
    }

    @Test
    void aVerdictOnOtherTextsThanTheseIsAskedForAgain() {
        var told = new Told();
        var verdict = new Choice("identical", "different");
        try (var server = new ScriptedServer("one", "two");
                var engine = server.engine();
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), told)) {
            session.judge().choose(List.of(session.judge().start(COMPARISON, SAMPLING)), verdict);
        }
        told.ended.forEach(completion -> told.earlier.put(completion.path(), completion));
        var others = Prompt.user("other texts: " + COMPARISON.text());
        for (var asked : List.of(COMPARISON, others)) {
            try (var server = new ScriptedServer("one", "two");
                    var engine = server.engine();
                    var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), told)) {
                session.judge().choose(List.of(session.judge().start(asked, SAMPLING)), verdict);
                assertThat(server.requests()).hasSize(asked.equals(others) ? 1 : 0);
            }
        }
    }

    @Test
    void aServerThatCountsNothingLeavesAnEstimateThatIsMarked() {
        var told = new Told();
        try (var server = new ScriptedServer("one", "two").withoutUsage();
                var engine = server.engine()) {
            drawAndJudge(engine, told);
        }
        told.ended.forEach(completion -> told.earlier.put(completion.path(), completion));
        try (var server = new ScriptedServer("one", "two").withoutUsage();
                var engine = server.engine();
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), told)) {
            session.decodeAll(session.start(PROMPT, SAMPLING).fork(1), StopRule.NONE);

            assertThat(server.requests()).isEmpty();
            assertThat(session.notes()).containsEntry("tokens", "estimated: the server does not count them");
        }
    }
}
