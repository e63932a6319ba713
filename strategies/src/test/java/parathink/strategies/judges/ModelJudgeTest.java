package parathink.strategies.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.Templates;

final class ModelJudgeTest {
    private static final Question QUESTION = new Question("two and two?", new TextAnswers());
    private static final List<Pair> PAIRS =
            List.of(new Pair("one", "x"), new Pair("one", "yy"), new Pair("one", "zzz"));

    @Test
    void whatAllComparisonsBeginWithIsReadOnce() {
        var model = new ScriptedModel();
        try (var engine = new LocalEngine(model, new ChatDialect(ChatDialect.chatMl()));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            new ModelJudge().same(QUESTION, session, PAIRS);

            var verdict = engine.dialect().compare(parathink.models.Prompt.user("two and two?"), "one", "");
            int shared = verdict.prompt().text().length();
            int each = verdict.rest().length();
            assertThat(verdict.prompt().text()).startsWith("<|im_start|>user\n").endsWith("Solution 2:\n");
            assertThat(verdict.rest()).endsWith("<|im_end|>\n<|im_start|>assistant\n");
            assertThat(session.usage().judgePrefill()).isEqualTo(shared + 3 * each + 1 + 2 + 3);
            assertThat(session.usage().reused()).isEqualTo(3L * shared);
            assertThat(session.usage().judgeWork()).isEqualTo(3);
            assertThat(model.openCaches()).isZero(); // none is kept once the verdicts are there
        }
    }

    @Test
    void verdictsComeInTheOrderOfThePairs() {
        var model = new ScriptedModel().judging(text -> text.contains("yy"));
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var verdicts = new ModelJudge().same(QUESTION, session, PAIRS);
            double sure = 1 / (1 + Math.exp(-2)); // logits of 20 and 18
            assertThat(verdicts.get(0).orElseThrow()).isCloseTo(1 - sure, within(1e-6));
            assertThat(verdicts.get(1).orElseThrow()).isCloseTo(sure, within(1e-6));
            assertThat(verdicts.get(2).orElseThrow()).isCloseTo(1 - sure, within(1e-6));
        }
    }

    @Test
    void aSpentBudgetGivesNoVerdict() {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = engine.open("p", new Budget(2), Seed.of(1), Journal.NONE)) {
            assertThat(new ModelJudge().same(QUESTION, session, PAIRS))
                    .filteredOn(verdict -> verdict.isEmpty())
                    .hasSize(1);
            assertThat(session.usage().work()).isEqualTo(2);
        }
    }

    @Test
    void labelsThatBeginAlikeAreRefused() {
        var dialect = new ChatDialect(new Templates(Map.of("labels", "same sad"), "h"));
        try (var engine = new LocalEngine(new ScriptedModel(), dialect);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            assertThatThrownBy(() -> new ModelJudge().same(QUESTION, session, PAIRS))
                    .hasMessageContaining("begins 'same' and 'sad' with the same token");
        }
        assertThatThrownBy(() -> new ChatDialect(new Templates(Map.of("labels", "yes"), "h")))
                .hasMessageContaining("must be two words");
    }
}
