package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateCommandTest {
    private static final String GAME = "Use 15, 2, 16 to make 33.";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void drawsBranchesThatDifferAndComeOutTheSameAgain() throws IOException {
        var args = new String[] {
            "generate", "--prompt", GAME, "-n", "3", "--temperature", "2", "--max-tokens", "30", "--json"
        };

        var lines = shell.checkedRun(args).json();

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst().path("prompt").asText()).isEqualTo("<bos>" + GAME + "<think>");
        assertThat(lines.stream().map(line -> line.path("text").asText()).distinct())
                .hasSize(3);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("finish").asText()).isIn("stop", "length");
            assertThat(line.path("tokens").asInt()).isBetween(1, 30);
            assertThat(line.path("logprob").asDouble()).isNegative();
        });
        assertThat(shell.checkedRun(args).json()).isEqualTo(lines);
    }

    @Test
    void takesAPromptThatBeginsLikeAnArgumentFile() throws IOException {
        shell.write("x", "--seed 4");

        var ended = shell.checkedRun("generate", "--prompt", "@x", "--max-tokens", "2", "--json");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.json().getFirst().path("prompt").asText()).isEqualTo("<bos>@x<think>");
    }

    @Test
    void readsThePromptFromAFileAndLeavesItAsItStands() throws IOException {
        shell.write("prompt.txt", "<bos>Use 1");

        var ended = shell.checkedRun("generate", "--prompt-file", "prompt.txt", "--raw", "--max-tokens", "2", "--json");

        assertThat(ended.json().getFirst().path("prompt").asText()).isEqualTo("<bos>Use 1");
    }

    @Test
    void wantsExactlyOnePrompt() throws IOException {
        shell.write("prompt.txt", "x");

        assertThat(shell.checkedRun("generate").status()).isEqualTo(2);
        assertThat(shell.checkedRun("generate", "--prompt", "").err()).contains("the prompt is empty");
        assertThat(shell.checkedRun("generate", "--prompt", "x", "--prompt-file", "prompt.txt")
                        .err())
                .contains("give one of --prompt and --prompt-file");
    }

    @Test
    void showsThePromptAsTheModelWouldSeeItWithoutDrawing() throws IOException {
        var shown = shell.checkedRun("generate", "--prompt", GAME, "--dry-run");

        assertThat(shown.status()).isZero();
        assertThat(shown.out()).isEqualTo("<bos>" + GAME + "<think>\n");
        assertThat(shown.err()).contains("parathink generate: 27 tokens; a form that is built in");

        var json = shell.checkedRun("generate", "--prompt", GAME, "--dry-run", "--raw", "--json")
                .json()
                .getFirst();
        assertThat(json.path("prompt").asText()).isEqualTo(GAME);
        assertThat(json.path("tokens").asInt()).isEqualTo(GAME.length());
        assertThat(json.path("chat_template").isNull()).isTrue();
    }

    @Test
    void refusesToSetWhatTheModelHasNot() {
        assertThat(refusal("--thinking", "off"))
                .isEqualTo(
                        "parathink generate: this model brings no chat template, so there is no 'enable_thinking' to set");
        assertThat(refusal("--template-option", "date_string=today")).contains("no 'date_string' to set");
        assertThat(refusal("--thinking", "no")).contains("'no' is neither on nor off");
        assertThat(refusal("--thinking", "on", "--template-option", "enable_thinking=false"))
                .contains("--thinking on and --template-option enable_thinking=false say different things");
        assertThat(refusal("--thinking", "off", "--model", "http://127.0.0.1:1/v1#x"))
                .contains("--thinking off: the server renders its own chat template; leave it out");
    }

    private String refusal(String... options) {
        var arguments = new ArrayList<>(List.of("generate", "--prompt", GAME));
        arguments.addAll(List.of(options));
        var ended = shell.checkedRun(arguments.toArray(String[]::new));
        assertThat(ended.status()).isEqualTo(2);
        return ended.errLines().getFirst();
    }
}
