package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.endpoint.ScriptedServer;

/** The command line on a server. */
final class EndpointTest {
    private TestingShell shell;
    private Path problems;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        problems = shell.write(
                "two.jsonl",
                "{\"problem\": \"What is 1+1?\", \"answer\": \"2\"}\n{\"problem\": \"What is 2+0?\", \"answer\": \"2\"}\n");
    }

    private static ScriptedServer server() {
        var scripts = new String[40];
        Arrays.fill(scripts, "It is \\boxed{2}.");
        return new ScriptedServer(scripts);
    }

    private TestingShell.Ended run(ScriptedServer server, String... more) {
        var arguments = new ArrayList<>(List.of(
                "run",
                "--model",
                server.address().toString(),
                "--dataset",
                problems.toString(),
                "--strategy",
                "self-consistency",
                "-n",
                "3",
                "--out",
                "out"));
        arguments.addAll(List.of(more));
        return shell.checkedRun(arguments.toArray(String[]::new));
    }

    @Test
    void aRunHasTheServersAnswersAndItsBill() throws IOException {
        try (var server = server()) {
            var ended = run(server);

            assertThat(ended.status()).isZero();
            assertThat(ended.err()).contains("requests");
            var problem = shell.read("out/problems.jsonl").lines().findFirst().orElseThrow();
            assertThat(problem).contains("\"correct\":true", "\"work\":51", "\"calls\":3"); // 16 characters and the end
            assertThat(shell.read("out/run.json")).contains(server.address().toString());
        }
    }

    @Test
    void noFileAndNoMessageHasTheKey() throws IOException {
        shell.set("PARATHINK_API_KEY", "sk-very-secret");
        try (var server = server()) {
            var ended = run(server);

            assertThat(ended.status()).isZero();
            assertThat(ended.out() + ended.err()).doesNotContain("sk-very-secret");
            try (var files = Files.walk(shell.folder())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("sk-very-secret");
                }
            }
        }
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNotRepeated() {
        var ended = shell.checkedRun(
                "run",
                "--model",
                "https://me:hunter2@localhost/v1#m",
                "--dataset",
                problems.toString(),
                "--strategy",
                "greedy");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("PARATHINK_API_KEY").doesNotContain("hunter2");
        assertThat(ended.errLines()).hasSize(1);
    }

    @Test
    void spentMoneyStopsARunThatGoesOnLater() throws IOException {
        try (var server = server()) {
            // the probe takes 25 tokens and a problem 51: the second one finds 76 spent
            var ended =
                    run(server, "--max-usd", "0.00007", "--price-in", "0", "--price-out", "1", "--concurrency", "1");

            assertThat(ended.status()).isEqualTo(130);
            assertThat(ended.err()).contains("--max-usd", "goes on");
            assertThat(shell.read("out/run.json")).contains("\"interrupted\"");
            assertThat(shell.read("out/problems.jsonl").lines()).hasSize(1);

            assertThat(run(server).status()).isZero();
            assertThat(shell.read("out/problems.jsonl").lines()).hasSize(2);
        }
    }

    @Test
    void moneyNeedsPrices() {
        try (var server = server()) {
            var ended = run(server, "--max-usd", "1");
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("--price-in");
        }
    }

    @Test
    void doctorShowsWhatAServerDoes() {
        try (var server = server()) {
            var ended = shell.checkedRun("doctor", "--model", server.address().toString());
            assertThat(ended.out())
                    .contains("seeds: honoured", "of 20 candidates a token", "by continue_final_message");
        }
    }

    @Test
    void generatePrintsWhatTheServerSays() {
        try (var server = server()) {
            var ended = shell.checkedRun("generate", "--model", server.address().toString(), "--prompt", "two?");
            assertThat(ended.out()).isEqualTo("It is \\boxed{2}.%n".formatted());
        }
    }
}
