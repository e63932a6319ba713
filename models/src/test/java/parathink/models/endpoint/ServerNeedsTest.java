package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Choice;
import parathink.models.ConfidenceWatch;
import parathink.models.Engine;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.JudgedEngine;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Session;
import parathink.models.StopRule;

/** What only some servers can: going on with a text, and telling how probable tokens were. */
final class ServerNeedsTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);
    private static final Prompt PROMPT = Prompt.user("two and two?");

    private static Session open(Engine engine, Budget budget, Journal journal) {
        return engine.open("p", budget, Seed.of(1), journal);
    }

    @Test
    void aPlainTextNeedsNoLogProbabilities() {
        try (var server = new ScriptedServer("four").withCandidates(-1);
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            assertThat(session.start(PROMPT, SAMPLING).decode(StopRule.NONE).text())
                    .isEqualTo("four");
        }
    }

    @Test
    void mergedTextsAreSentOneAfterTheOther() {
        try (var server = new ScriptedServer("one,", "two,", "so three");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var trunk = session.start(PROMPT, SAMPLING);
            var forks = trunk.fork(2);
            session.decodeAll(forks, StopRule.NONE);
            var merged = trunk.merge(forks);
            merged.append(" sum:");
            var completion = merged.decode(StopRule.NONE);

            assertThat(completion.text()).isEqualTo("so three");
            assertThat(server.requests()
                            .getLast()
                            .path("messages")
                            .path(1)
                            .path("content")
                            .asText())
                    .isEqualTo("one,two, sum:");
            assertThat(server.requests()
                            .getLast()
                            .path("continue_final_message")
                            .asBoolean())
                    .isTrue();
            assertThat(session.usage().span()).isEqualTo(5 + 9);
        }
    }

    @Test
    void whereNothingIsContinuedAMergeSaysWhatWouldDo() {
        try (var server = new ScriptedServer("one").withoutContinuing();
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var trunk = session.start(PROMPT, SAMPLING);
            trunk.append("So");

            assertThatThrownBy(() -> trunk.decode(StopRule.NONE))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNABLE))
                    .hasMessageContaining("goes on with a text")
                    .hasMessageContaining("vLLM");
        }
    }

    @Test
    void aRawPromptGoesToTheCompletionsEndpointAndGoesOnThere() {
        try (var server = new ScriptedServer(" two", " three").withoutContinuing();
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var trunk = session.start(Prompt.raw("one"), SAMPLING);
            trunk.decode(StopRule.NONE);
            trunk.append(",");
            trunk.decode(StopRule.NONE);

            assertThat(server.requests())
                    .extracting(body -> body.path("prompt").asText())
                    .containsExactly("one", "one two,");
        }
    }

    @Test
    void confidenceIsTheMeanOfTheCandidates() {
        try (var server = new ScriptedServer("ab");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.watching(ConfidenceWatch.measuring(3, 2)));

            // candidates at -0.5, -1.5 and -2.5
            assertThat(completion.confidence().tokens()).containsExactly(1.5, 1.5);
            assertThat(server.requests().getFirst().path("top_logprobs").asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void aConfidenceBelowTheFloorEndsACompletion() {
        try (var server = new ScriptedServer("abcdef");
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.watching(new ConfidenceWatch(3, 2, 2.0)));

            assertThat(completion.text()).isEqualTo("ab"); // the first group is full after two tokens
            assertThat(completion.finish()).isEqualTo(FinishReason.CANCELLED);
            assertThat(completion.stoppedBy()).isEqualTo("group confidence below 2.000");
        }
    }

    @Test
    void withoutCandidatesConfidenceIsRefused() {
        try (var server = new ScriptedServer("ab").withCandidates(-1);
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var trunk = session.start(PROMPT, SAMPLING);
            assertThatThrownBy(() -> trunk.decode(StopRule.watching(ConfidenceWatch.measuring(3, 2))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("top_logprobs");
        }
    }

    @Test
    void fewerCandidatesThanConfidenceIsMeasuredByAreRefused() {
        try (var server = new ScriptedServer("ab").withCandidates(2);
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var trunk = session.start(PROMPT, SAMPLING);
            assertThatThrownBy(() -> trunk.decode(StopRule.watching(ConfidenceWatch.measuring(3, 2))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("by 3 candidates a token")
                    .hasMessageContaining("gives 2 top_logprobs");
        }
    }

    @Test
    void theContextIsThatOfTheListOfModels() {
        try (var server = new ScriptedServer()
                        .listing(exchange -> ScriptedServer.reply(
                                exchange, 200, "{\"data\": [{\"id\": \"scripted\", \"max_model_len\": 8192}]}"));
                var engine = server.engine()) {
            assertThat(engine.context()).hasValue(8192);
        }
    }

    @Test
    void theJudgesNotesAreThere() {
        try (var server = new ScriptedServer();
                var judge = new ScriptedServer().withoutUsage();
                var engine = new JudgedEngine(server.engine(), judge.engine());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            assertThat(session.notes()).containsOnlyKeys("judge tokens");
        }
    }

    @Test
    void aVerdictIsTheShareOfTheFirstLabelAndOnTheJudgesBill() {
        try (var server = new ScriptedServer();
                var engine = server.engine();
                var session = open(engine, Budget.UNLIMITED, Journal.NONE)) {
            var asked = session.dialect().compare(PROMPT, "a", "b");
            var judging = session.judge();
            var verdict = judging.choose(
                            List.of(judging.start(asked.prompt(), SAMPLING)), new Choice("identical", "different"))
                    .getFirst();

            assertThat(verdict.choice().getAsDouble()).isCloseTo(0.9, Offset.offset(1e-12));
            assertThat(verdict.path()).isEqualTo("j/0");
            assertThat(session.usage().judgeWork()).isEqualTo(1);
            assertThat(session.usage().work()).isEqualTo(1);
        }
    }
}
