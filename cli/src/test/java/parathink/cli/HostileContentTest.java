package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.endpoint.ScriptedServer;

/** Text that wants to be more than text: nothing of it steers the terminal, leaves the folder or runs. */
final class HostileContentTest {
    /** Colours, clears, sets the title, turns the direction of writing; the last two are one character each. */
    private static final String ESCAPES = "\u001b[31m\u001b[2J\u001b]0;owned\u0007\u009b5m\u202e";

    private static final String JSON_ESCAPES = "\\u001b[31m\\u001b[2J\\u001b]0;owned\\u0007\\u009b5m\\u202e";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private TestingShell.Ended run(String... arguments) {
        var ended = shell.checkedRun(arguments);
        assertThat(ended.out() + ended.err())
                .as("what %s printed", String.join(" ", arguments))
                .matches("[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e]*");
        return ended;
    }

    /** A pool of a problem of this name and text, each as a JSON text would have it. */
    private void pool(String id, String text) throws IOException {
        var line = "{\"problem\": \"%s\", \"question\": \"1+1? %s\", \"reference\": \"2\", \"text\": \"%s\"}\n";
        shell.write("pool.jsonl", line.formatted(id, text, text + " 2") + line.formatted(id, text, text + " 3"));
    }

    private TestingShell.Ended solve(String... more) {
        var arguments = new ArrayList<>(List.of(
                "run", "--model", "replay:pool.jsonl", "--strategy", "self-consistency", "-n", "2", "--out", "r"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void noCommandPrintsTheEscapesOfAnIdOrACompletion() throws IOException {
        pool("p" + JSON_ESCAPES, JSON_ESCAPES);
        var id = "p" + ESCAPES;

        assertThat(solve().status()).isZero();
        for (var command : List.of("report r", "show r", "compare r r", "plan r", "report r --json", "show r --json")) {
            assertThat(run(command.split(" ")).status()).as(command).isIn(0, 2);
        }
        assertThat(run("show", "r", id).out()).contains("p\\u001b[31m");
        assertThat(run("show", "r", id + "?").status()).isEqualTo(2);
        assertThat(run("report", "r", "--cases", id).status()).isIn(0, 2);
    }

    @Test
    void noMessagePrintsTheEscapesOfAFileName() throws IOException {
        var name = "x" + ESCAPES;
        shell.write(name + ".jsonl", "{\"problem\": \"1+1?\"}\n{");

        assertThat(run("run", "--dataset", name + ".jsonl", "--strategy", "greedy", "--out", "r")
                        .err())
                .contains("x\\u001b[31m");
        assertThat(run("run", "--model", "replay:" + name + ".jsonl", "--strategy", "greedy")
                        .err())
                .contains("x\\u001b[31m");
        assertThat(run("report", name).err()).contains("x\\u001b[31m");
        assertThat(run("show", "no\rparathink: all is well").err()).contains("no\\u000dparathink");
        assertThat(run("run", "--" + name).status()).isEqualTo(2);
        assertThat(run("strategies", name).status()).isEqualTo(2);
    }

    @Test
    void noMessagePrintsTheEscapesOfAServersError() throws IOException {
        var two = shell.write("one.jsonl", "{\"problem\": \"What is 1+1?\", \"answer\": \"2\"}\n");
        try (var server = new ScriptedServer("It is \\boxed{2}. " + ESCAPES)) {
            var model = server.address().toString();
            var solved =
                    run("run", "--model", model, "--dataset", two.toString(), "--strategy", "greedy", "--out", "e");

            assertThat(solved.status()).as(solved.err()).isZero();
            assertThat(run("show", "e", "one/1").out()).contains("\\u001b[31m");
            var other = run("generate", "--model", model.replace("scripted", ESCAPES), "--prompt", "a", "--json");
            assertThat(other.status()).isIn(0, 2);
        }
    }

    /** An id is a name in files and never the name of one. */
    @Test
    void anIdThatLooksLikeAPathLeadsNowhere() throws IOException {
        pool("../../x", "so");
        shell.write("d.jsonl", "{\"id\": \"../../x\", \"problem\": \"1+1?\", \"answer\": 2}\n");
        var before = names(shell.folder().getParent());

        assertThat(solve("--junit", "r/j.xml").status()).isZero();
        assertThat(run("report", "r").status()).isZero();
        assertThat(run("show", "r", "../../x").status()).isZero();
        assertThat(run("import", "d.jsonl", "--as", "mine").status()).isZero();

        var made = names(shell.folder().getParent());
        made.removeAll(before);
        assertThat(made)
                .isNotEmpty()
                .allMatch(name -> name.startsWith("work/r") || name.startsWith("home/.local/share/parathink"));
    }

    @Test
    void aNameForImportedDataThatLooksLikeAPathIsRefused() throws IOException {
        shell.write("d.jsonl", "{\"problem\": \"1+1?\", \"answer\": 2}\n");

        for (var name : List.of("../x", "/tmp/x", "a/b", "..", ".", "x\u001b[2J")) {
            assertThat(run("import", "d.jsonl", "--as", name).status()).as(name).isEqualTo(2);
        }
    }

    @Test
    void aBombOfAliasesAmongPromptsIsRefused() throws IOException {
        shell.write("p.yaml", "distil: &a [x, x]\nrefine: &b [*a, *a]\nselect: [*b, *b]\n");

        var refused = run("run", "--dataset", "countdown-3", "--strategy", "pdr", "--prompts", "p.yaml");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err()).contains("p.yaml:1: expected plain values, without anchors, aliases and tags");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList());
        }
    }
}
