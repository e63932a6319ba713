package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ByteTokenizerTest {
    private final ByteTokenizer tokenizer = new ByteTokenizer();

    @Test
    void aCharacterIsItsCodeAndASpecialTokenItsName() {
        assertThat(tokenizer.encode("<bos>A b~\n<think>1</think>\\boxed{7}<eos>"))
                .containsExactly(1, 'A', ' ', 'b', '~', 10, 3, '1', 4, 11, '7', '}', 2);
        assertThat(tokenizer.encode("<think1></think8><summary></summary><workspace></workspace>"))
                .containsExactly(12, 27, 5, 6, 7, 8);
        assertThat(tokenizer.encode("<draft></draft><same?><yes><no><fork><pad>"))
                .containsExactly(9, 31, 28, 29, 30, 127, 0);
    }

    @Test
    void everyTokenButTheEndComesBackFromItsText() {
        for (int token = 0; token < tokenizer.size(); token++) {
            var text = tokenizer.decode(new int[] {token});
            if (token == 2) {
                assertThat(text).isEmpty();
            } else {
                assertThat(tokenizer.encode(text)).as("token %d", token).containsExactly(token);
            }
        }
    }

    @Test
    void whatHasNoTokenBecomesAQuestionMark() {
        assertThat(tokenizer.decode(tokenizer.encode("π≈3\t\r😀<unknown>\\frac")))
                .isEqualTo("??3???<unknown>\\frac");
    }
}
