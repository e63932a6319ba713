package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class AnswerFormatsTest {
    @Test
    void everyFormatIsFoundByItsName() {
        for (var name : AnswerFormats.names()) {
            assertThat(AnswerFormats.named(name).name()).isEqualTo(name);
            assertThat(AnswerFormats.named(name).instruction()).isNotBlank();
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerFormats.named("intger"))
                .withMessage(
                        "there is no answer format 'intger'; did you mean 'integer'? (formats: math, integer, choice, text)");
    }
}
