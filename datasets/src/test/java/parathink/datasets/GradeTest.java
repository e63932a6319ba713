package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GradeTest {
    @Test
    void aBareAnswerAndACompletionAreGradedAlike() {
        assertThat(Grade.of("\\frac{7}{2}", "3.5").equal()).isTrue();
        assertThat(Grade.of("$\\frac{7}{2}$", "Adding, we get \\boxed{7/2}.").equal())
                .isTrue();
        assertThat(Grade.of("\\frac{7}{2}", "We get \\boxed{2/7}.").equal()).isFalse();
    }

    @Test
    void aLetterIsGradedAsAChoice() {
        var grade = Grade.of("C", "Not A, since it is too small. The answer is (C).");

        assertThat(grade.format().name()).isEqualTo("choice");
        assertThat(grade.equal()).isTrue();
    }

    @Test
    void textThatGivesNoAnswerIsDifferent() {
        var grade = Grade.of("3", "<think>hm, 3");

        assertThat(grade.answer()).isEmpty();
        assertThat(grade.equal()).isFalse();
    }

    @Test
    void shortTextIsAlsoTakenAsItStands() {
        assertThat(Grade.of("2 or more", "2 or more").equal()).isTrue();
    }

    @Test
    void theFormatMayBeNamed() {
        var grade = Grade.of(new TextFormat(), "0.50", "0.5");

        assertThat(grade.equal()).isFalse();
        assertThat(grade.reference().canonical()).isEqualTo("0.50");
    }
}
