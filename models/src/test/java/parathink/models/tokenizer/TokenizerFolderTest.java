package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.TemplateText;

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

    private static final String TURNS = "{% for m in messages %}<turn>{{ m.role }}:{{ m.content }}{% endfor %}";

    private String rendered(String text, String instruction) {
        return open().template().render(Prompt.user(text, instruction));
    }

    @Test
    void rendersTheTemplateOfAModelWithThePromptAsOneMessage() {
        write(
                "tokenizer_config.json",
                "{\"chat_template\": \"" + TURNS + "{% if add_generation_prompt %}<turn>{% endif %}\"}");

        assertThat(rendered("How many?", "Answer with a number."))
                .isEqualTo("<turn>user:How many?\nAnswer with a number.<turn>");
        assertThat(rendered("How many?", "")).isEqualTo("<turn>user:How many?<turn>");
        assertThat(open().template().render(Prompt.raw("How many?"))).isEqualTo("How many?");
        assertThat(rendered("{{ x }}<end>", "")).isEqualTo("<turn>user:{{ x }}<end><turn>");
    }

    @Test
    void looksForTheTemplateInThreeFiles() {
        write("tokenizer_config.json", "{\"chat_template\": \"config\"}");
        assertThat(rendered("a", "")).isEqualTo("config");
        write("chat_template.json", "{\"chat_template\": \"json\"}");
        assertThat(rendered("a", "")).isEqualTo("json");
        write("chat_template.jinja", "jinja\n");
        assertThat(rendered("a", "")).isEqualTo("jinja");
        assertThat(open().template().text()).contains(new TemplateText("chat_template.jinja", "jinja\n", Map.of()));
    }

    @Test
    void takesTheDefaultOfSeveralNamedTemplates() {
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "plain"}]}
                """);
        assertThat(rendered("a", "")).isEqualTo("plain");

        write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"tools\"}]}");
        assertThatThrownBy(this::open).hasMessageContaining("chat_template has no template called 'default'");
        write("tokenizer_config.json", "{\"chat_template\": 5}");
        assertThatThrownBy(this::open).hasMessageContaining("chat_template should be a text, is 5");
        write("tokenizer_config.json", "{\"chat_template\": null}");
        assertThat(open().template()).isEqualTo(new PlainTemplate(""));
    }

    @Test
    void givesTheTemplateTheNamesOfSpecialTokens() {
        write("tokenizer_config.json", """
                {"bos_token": "<s>", "eos_token": {"content": "<end>", "lstrip": false}, "unk_token": null,
                "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ unk_token is defined }}{{ pad_token }}"}
                """);
        write("special_tokens_map.json", "{\"bos_token\": \"<turn>\", \"pad_token\": \"<turn>\"}");

        assertThat(rendered("ab", "")).isEqualTo("<s>ab<end>False<turn>");
    }

    /** The template alone decides: the tokenizer's own framing is for texts without one. */
    @Test
    void neverDoublesTheTokenThatBeginsATextWhenTheTemplateWritesIt() {
        files().with("post_processor", """
                        {"type": "TemplateProcessing",
                            "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}],
                            "special_tokens": {"<s>": {"ids": [2]}}}
                        """).write(folder);
        write("tokenizer_config.json", "{\"bos_token\": \"<s>\"}");
        write("chat_template.jinja", "{{ bos_token }}{{ messages[0].content }}");
        assertThat(open().tokenizer().encode(rendered("ab", ""))).containsExactly(2, 0, 1);

        write("chat_template.jinja", "{{ messages[0].content }}");
        assertThat(open().tokenizer().encode(rendered("ab", ""))).containsExactly(0, 1);
    }

    @Test
    void passesNoToolsAndNoDocumentsAsTheReferenceDoes() {
        write(
                "chat_template.jinja",
                "{{ tools is defined }}{{ tools is none }}{{ documents is none }}{{ x is defined }}");

        assertThat(rendered("a", "")).isEqualTo("TrueTrueTrueFalse");
    }

    @Test
    void setsVariablesThatTheTemplateHas() {
        write(
                "chat_template.jinja",
                "{{ messages[0].content }}{% if enable_thinking is defined and enable_thinking is false %}<end>{% endif %}"
                        + "{{ effort }}{{ strftime_now('%d %b %Y') }}");
        var template = open().template();

        assertThat(template.render(Prompt.user("a"))).isEqualTo("a26 Jul 2024");
        var set = template.with(Map.of("enable_thinking", "false", "effort", "high", "strftime_now", "2026-11-23"));
        assertThat(set.render(Prompt.user("a"))).isEqualTo("a<end>high23 Nov 2026");
        assertThat(set.text().orElseThrow().options()).containsEntry("enable_thinking", "false");
        assertThat(template.with(Map.of("effort", "12")).render(Prompt.user("a")))
                .isEqualTo("a1226 Jul 2024");
        assertThatThrownBy(() -> template.with(Map.of("strftime_now", "yesterday")))
                .hasMessage(
                        "strftime_now=yesterday: must be a date such as 2026-11-23, or one with a time such as 2026-11-23T09:30");
        assertThatThrownBy(() -> template.with(Map.of("thinking", "false")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chat_template.jinja: this chat template has no variable 'thinking' to set")
                .hasMessageEndingWith("it has enable_thinking, strftime_now");
        assertThatThrownBy(() -> template.with(Map.of("messages", "x"))).hasMessageContaining("'messages'");
    }

    @Test
    void aModelWithoutATemplateHasNothingToSet() {
        assertThatThrownBy(() -> open().template().with(Map.of("enable_thinking", "false")))
                .hasMessage("this model brings no chat template, so there is no 'enable_thinking' to set");
        assertThat(open().template().text()).isEmpty();
    }

    @Test
    void refusesAllButRawPromptsForATemplateThatCannotBeRead() {
        write("tokenizer_config.json", "{\"chat_template\": \"a\\n{% include 'b' %}\"}");
        assertRefusesPrompts("tokenizer_config.json: chat template: line 2: the statement 'include' is not supported");

        write("chat_template.jinja", "{{ messages");
        assertRefusesPrompts("chat_template.jinja: chat template: line 1: ");
    }

    private void assertRefusesPrompts(String complaint) {
        var template = open().template();

        assertThat(template.render(Prompt.raw("ab"))).isEqualTo("ab");
        var refusal = catchThrowableOfType(ModelException.class, () -> template.render(Prompt.user("ab")));
        assertThat(refusal.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
        assertThat(refusal).hasMessageContaining(complaint).hasMessageContaining("--raw");
    }

    @Test
    void namesFileAndLineWhereRenderingFails() {
        write("chat_template.jinja", "a\n{{ messages[0].content | nope }}");

        assertThatThrownBy(() -> rendered("a", ""))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "%s: chat template: line 2: the filter 'nope' is not supported",
                        folder.resolve("chat_template.jinja"));
    }
}
