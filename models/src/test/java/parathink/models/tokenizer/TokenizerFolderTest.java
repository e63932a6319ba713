package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;

final class TokenizerFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTokenizer() {
        files().write(folder);
    }

    private static TokenizerFiles files() {
        return new TokenizerFiles("a", "b")
                .special(2, "<s>")
                .special(3, "<end>")
                .special(4, "<turn>");
    }

    private TokenizerFolder open() {
        return TokenizerFolder.beside(folder.resolve("model.onnx"));
    }

    private void write(String name, String content) {
        TokenizerFiles.write(folder, name, content);
    }

    @Test
    void findsTheTokenizerBesideTheGraphOrOneFolderUp() {
        assertThat(open().tokenizer().encode("ab")).containsExactly(0, 1);
        assertThat(TokenizerFolder.beside(folder.resolve("onnx/model.onnx")).folder())
                .isEqualTo(folder);

        new TokenizerFiles("b", "a").write(folder.resolve("onnx"));
        var nearer = TokenizerFolder.beside(folder.resolve("onnx/model.onnx"));
        assertThat(nearer.tokenizer().encode("ab")).containsExactly(1, 0);
    }

    @Test
    void saysWhereATokenizerShouldBe() {
        var onnx = folder.resolve("a/b/model.onnx");

        var missing = catchThrowableOfType(ModelException.class, () -> TokenizerFolder.beside(onnx));

        assertThat(missing.kind()).isEqualTo(ModelException.Kind.MISSING);
        assertThat(missing).hasMessageContaining(onnx.toString()).hasMessageContaining("tokenizer.json");
    }

    @Test
    void gathersEndTokensFromAllFiles() {
        assertThat(open().endTokens()).isEqualTo(EndTokens.NONE);

        write("tokenizer_config.json", "{\"eos_token\": \"<end>\"}");
        assertThat(open().endTokens().ids()).containsExactly(3);
        write("generation_config.json", "{\"eos_token_id\": [4, 1]}");
        write("config.json", "{\"eos_token_id\": 0}");
        assertThat(open().endTokens().ids()).containsExactlyInAnyOrder(0, 1, 3, 4);
        assertThat(open().tokenizer().decode(new int[] {2, 3, 4})).isEqualTo("<s>");
    }

    @Test
    void readsAnEndTokenWithSettings() {
        write("tokenizer_config.json", "{\"eos_token\": {\"content\": \"<turn>\", \"lstrip\": false}}");

        assertThat(open().endTokens().contains(4)).isTrue();
        assertThat(open().endTokens().contains(3)).isFalse();
    }

    @Test
    void refusesEndTokensThatAreNone() {
        write("tokenizer_config.json", "{\"eos_token\": \"</s>\"}");
        assertThatThrownBy(this::open).hasMessageContaining("tokenizer_config.json: eos_token is \"</s>\"");

        write("tokenizer_config.json", "{}");
        write("config.json", "{\"eos_token_id\": \"3\"}");
        assertThatThrownBy(this::open)
                .hasMessageContaining("config.json: eos_token_id")
                .hasMessageContaining("\"3\"");
    }

    @Test
    void takesTheSamplingOfTheMakers() {
        assertThat(open().defaults()).isEqualTo(new SamplingParams(0.7, 0, 1, 0, 1024));

        write(
                "generation_config.json",
                "{\"temperature\": 0.6, \"top_k\": 20, \"top_p\": 0.95, \"max_new_tokens\": 512}");
        assertThat(open().defaults()).isEqualTo(new SamplingParams(0.6, 20, 0.95, 0, 512));
    }

    @Test
    void saysWhichSamplingCannotBe() {
        write("generation_config.json", "{\"top_p\": 1.5}");
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("generation_config.json")
                .hasMessageContaining("top-p")
                .hasMessageContaining("1.5");

        write("generation_config.json", "{\"top_k\": \"many\"}");
        assertThatThrownBy(this::open)
                .hasMessageContaining("generation_config.json: top_k")
                .hasMessageContaining("many");
    }

    @Test
    void joinsTextAndInstructionPlainlyForAModelWithoutATemplate() {
        var template = open().template();

        assertThat(template.render(Prompt.user("How many?", "Answer with a number.")))
                .isEqualTo("How many?\nAnswer with a number.");
        assertThat(template.render(Prompt.user("How many?"))).isEqualTo("How many?");
        assertThat(template.render(Prompt.raw("How many?"))).isEqualTo("How many?");
    }

    @Test
    void beginsAPlainPromptWithWhatThePostProcessorPutsBeforeIt() {
        files().with("post_processor", """
                        {"type": "TemplateProcessing",
                            "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}],
                            "special_tokens": {"<s>": {"ids": [2]}}}
                        """).write(folder);

        assertThat(open().template().render(Prompt.user("ab"))).isEqualTo("<s>ab");
        assertThat(open().template().render(Prompt.raw("ab"))).isEqualTo("ab");
    }

    @Test
    void refusesAllButRawPromptsForAModelWithATemplate() {
        write("tokenizer_config.json", "{\"chat_template\": \"{{ messages }}\"}");
        assertRefusesPrompts("tokenizer_config.json");

        write("tokenizer_config.json", "{\"chat_template\": null}");
        assertThat(open().template()).isEqualTo(new PlainTemplate(""));

        write("chat_template.jinja", "{{ messages }}");
        assertRefusesPrompts("chat_template.jinja");
    }

    private void assertRefusesPrompts(String file) {
        var template = open().template();

        assertThat(template.render(Prompt.raw("ab"))).isEqualTo("ab");
        var refusal = catchThrowableOfType(ModelException.class, () -> template.render(Prompt.user("ab")));
        assertThat(refusal.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
        assertThat(refusal).hasMessageContaining(file).hasMessageContaining("--raw");
    }
}
