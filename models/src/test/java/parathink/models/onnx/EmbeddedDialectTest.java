package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Prompt;
import parathink.models.Templates;

final class EmbeddedDialectTest {
    private static final Prompt SUM =
            Prompt.user("Let A be 2+2. Let B be 3+A. What is the remainder when AB is divided by 5?");
    private static final EmbeddedDialect DIALECT = new EmbeddedDialect();

    @Test
    void aWorkspaceIsAskedForAfterTheNumberedDrafts() {
        assertThat(DIALECT.distil(SUM, List.of("A=4\n\\boxed{3}", "A=5"))
                        .prompt()
                        .text())
                .isEqualTo(
                        "<bos>%s<think1>A=4\n\\boxed{3}</think1><think2>A=5</think2><workspace>".formatted(SUM.text()));
        assertThat(DIALECT.workspace(said("A=4\n</workspace>"))).isEqualTo("A=4\n");
    }

    @Test
    void anEmptyWorkspaceLeavesEveryPartOpen() {
        assertThat(DIALECT.refine(SUM, "").prompt().text())
                .isEqualTo("<bos>%s<workspace>A=?\nB=?\nF=?\n</workspace><think>".formatted(SUM.text()));
        assertThat(DIALECT.refine(Prompt.user("Compute 7*8."), "").prompt().text())
                .isEqualTo("<bos>Compute 7*8.<workspace>F=?\n</workspace><think>");
        assertThat(DIALECT.refine(Prompt.user("Use 1, 2 and 3 to make 6."), "")
                        .prompt()
                        .text())
                .isEqualTo("<bos>Use 1, 2 and 3 to make 6.<workspace>tried \n</workspace><think>");
    }

    @Test
    void aDraftIsItsLinesAndItsAnswerAndOfALaterSearchTheAnswerAlone() {
        assertThat(DIALECT.draft(said("A=4\n</think>\\boxed{3}"), 0)).isEqualTo("A=4\\boxed{3}");
        assertThat(DIALECT.draft(said("A=4\nB="), 0)).isEqualTo("A=4\nB=");
        assertThat(DIALECT.draft(said("3-1=2</think>\\boxed{(1+2)*3}"), 0)).isEqualTo("3-1=2\\boxed{(1+2)*3}");
        assertThat(DIALECT.draft(said("3-1=2</think>\\boxed{(1+2)*3}"), 1)).isEqualTo("\\boxed{(1+2)*3}");
        assertThat(DIALECT.draft(said("A=4</think>\\boxed{3}"), 1)).isEqualTo("A=4\\boxed{3}");
    }

    @Test
    void instructionsAreRefused() {
        assertThat(DIALECT.with(Templates.NONE)).isSameAs(DIALECT);
        assertThatThrownBy(() -> DIALECT.with(new Templates(Map.of("refine", "{{question}}{{workspace}}"), "hash")))
                .hasMessageContaining("reads no instructions");
    }

    private static Completion said(String text) {
        return new Completion(
                "0",
                text,
                9,
                FinishReason.STOP,
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                true);
    }
}
