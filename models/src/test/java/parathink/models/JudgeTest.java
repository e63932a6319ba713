package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    private static final Prompt TASK = Prompt.user("two and two?");
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 100);
    private static final double SURE = 1 / (1 + Math.exp(-2)); // the logits are 20 and 18

    private final List<Completion> told = new ArrayList<>();

    @Test
    void aVerdictIsTheShareOfTheFirstLabel() {
        try (var engine = new LocalEngine(new ScriptedModel().judging(text -> text.contains("four")));
                var session = open(engine, Map.of())) {
            var verdicts = verdicts(session, "it is four", "it is five");

            assertThat(verdicts).extracting(Completion::text).containsExactly("identical", "different");
            assertThat(verdicts.get(0).choice().orElseThrow()).isCloseTo(SURE, within(1e-6));
            assertThat(verdicts.get(1).choice().orElseThrow()).isCloseTo(1 - SURE, within(1e-6));
        }
    }

    @Test
    void whatAJudgeReadsAndSaysIsOnItsPartOfTheBill() {
        try (var engine = new LocalEngine(new ScriptedModel("four"));
                var session = open(engine, Map.of())) {
            session.start(TASK, GREEDY).decode(StopRule.NONE);
            verdicts(session, "one", "three");

            int asked = "Q: %s\nA: ".formatted(compared("one").prompt().text()).length();
            int longer = asked + 2;
            assertThat(session.usage())
                    .isEqualTo(new Usage(
                            "Q: two and two?\nA: ".length() + asked + longer, 0, 6 + 2, 6 + 1, asked + longer, 2, 3));
        }
    }

    @Test
    void verdictsHaveATreeOfTheirOwnAndTheirRole() {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = open(engine, Map.of())) {
            verdicts(session, "one", "two");

            assertThat(told).extracting(Completion::path).containsExactly("j/0", "j/1");
            assertThat(told).extracting(Completion::role).containsOnly(Role.JUDGE);
        }
    }

    @Test
    void aVerdictOfAnInterruptedRunIsNotAskedForAgainButPaid() {
        Usage first;
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = open(engine, Map.of())) {
            verdicts(session, "one", "two");
            first = session.usage();
        }
        var known = new HashMap<String, Completion>();
        told.forEach(completion -> known.put(completion.path(), completion));
        var before = List.copyOf(told);
        told.clear();
        var model = new ScriptedModel();
        try (var engine = new LocalEngine(model);
                var session = open(engine, known)) {
            verdicts(session, "one", "two");

            assertThat(told).isEqualTo(before);
            assertThat(session.usage()).isEqualTo(first);
            assertThat(model.tokensSeen()).isZero();
        }
    }

    @Test
    void aDecodeThatIsReadFromTheJournalPaysForItsPrompt() {
        Usage first;
        try (var engine = new LocalEngine(new ScriptedModel("four"));
                var session = open(engine, Map.of())) {
            session.start(TASK, GREEDY).as(Role.draft(1)).decode(StopRule.NONE);
            first = session.usage();
        }
        var known = Map.of("0", told.getFirst());
        assertThat(told.getFirst().role()).isEqualTo(new Role("draft", 1));
        try (var engine = new LocalEngine(new ScriptedModel("five"));
                var session = open(engine, known)) {
            assertThat(session.start(TASK, GREEDY).as(Role.draft(1)).decode(StopRule.NONE).text())
                    .isEqualTo("four");
            assertThat(session.usage()).isEqualTo(first);
        }
    }

    @Test
    void anotherModelJudgesOnTheSameBill() {
        var judge = new ScriptedModel().judging(text -> text.contains("four"));
        try (var engine = new JudgedEngine(new LocalEngine(new ScriptedModel("four")), new LocalEngine(judge));
                var session = open(engine, Map.of())) {
            session.start(TASK, GREEDY).decode(StopRule.NONE);
            var verdicts = verdicts(session, "four", "five");

            assertThat(verdicts).extracting(Completion::text).containsExactly("identical", "different");
            assertThat(session.usage().judgeWork()).isEqualTo(2);
            assertThat(session.usage().work()).isEqualTo(8);
            assertThat(told).extracting(Completion::path).containsExactly("0", "j/0", "j/1");
        }
        assertThat(judge.openCaches()).isZero();
    }

    @Test
    void aChoiceLeavesItsSequenceAsItIs() {
        try (var engine = new LocalEngine(new ScriptedModel("four"));
                var session = open(engine, Map.of())) {
            var sequence = session.start(TASK, GREEDY);
            session.choose(List.of(sequence), new Choice("x", "y"));

            assertThat(sequence.decode(StopRule.NONE).text()).isEqualTo("four");
        }
    }

    private static Verdict compared(String other) {
        return ChatDialect.BUILT_IN.compare(TASK, "it will be so", other);
    }

    private static List<Completion> verdicts(Session session, String... others) {
        var judge = session.judge();
        var asked = new ArrayList<Sequence>();
        for (var other : others) {
            asked.add(judge.start(compared(other).prompt(), GREEDY));
        }
        return judge.choose(asked, compared("").choice());
    }

    private Session open(Engine engine, Map<String, Completion> known) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(known.get(path));
            }

            @Override
            public void ended(Completion completion) {
                told.add(completion);
            }
        });
    }
}
