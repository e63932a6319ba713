package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
                "3"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--out")) {
            arguments.addAll(List.of("--out", "out"));
        }
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
            hasNoKey(ended);
        }
    }

    @Test
    void aRefusedRequestIsThatProblemsErrorLineInTheServersWords() throws IOException {
        shell.set("PARATHINK_API_KEY", "sk-very-secret");
        try (var server = server().refusing(0, 400, "sk-very-secret may have 10 tokens")) {
            var ended = run(server, "--concurrency", "1");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(shell.read("out/problems.jsonl").lines())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"status\":\"error\"", "[key] may have 10 tokens"),
                            second -> assertThat(second).contains("\"status\":\"answered\""));
            hasNoKey(ended);
        }
    }

    @Test
    void aKeyThatIsRefusedInARunStopsItWithoutTheKeyInAnyFile() throws IOException {
        shell.set("OPENAI_API_KEY", "sk-very-secret");
        try (var server = server().refusing(3, 401, "no such key: sk-very-secret")) {
            var ended = run(server, "--concurrency", "1", "--stacktrace");

            assertThat(ended.status()).isEqualTo(130);
            assertThat(ended.err()).contains("no such key: [key]");
            assertThat(shell.read("out/problems.jsonl").lines()).hasSize(1);
            hasNoKey(ended);
        }
    }

    @Test
    void theConfigurationThatIsShownHasNoKey() throws IOException {
        shell.set("PARATHINK_API_KEY", "sk-very-secret");
        shell.set("PARATHINK_JUDGE_API_KEY", "sk-very-secret");
        var key = shell.writeAtHome(".config/parathink/api-key", "sk-very-secret");
        var ended = shell.checkedRun("run", "--show-config");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).contains("max-tokens").doesNotContain("sk-very-secret");
        Files.delete(key);
        hasNoKey(ended);
    }

    @Test
    void aKeyInAFileThatOthersMayReadIsRefused() throws IOException {
        var file = shell.writeAtHome(".config/parathink/api-key", "sk-very-secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (var server = server()) {
            var ended = run(server);

            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.errLines())
                    .singleElement()
                    .asString()
                    .contains("chmod 600")
                    .doesNotContain("sk-very-secret");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(run(server).status()).isZero();
            assertThat(server.keys()).containsOnly("Bearer sk-very-secret");
        }
    }

    private void hasNoKey(TestingShell.Ended ended) throws IOException {
        assertThat(ended.out() + ended.err()).doesNotContain("sk-very-secret");
        try (var files = Files.walk(shell.folder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("sk-very-secret");
            }
        }
    }

    @Test
    void aJudgeOnAnotherServerIsNotSentTheKey() {
        shell.set("PARATHINK_API_KEY", "sk-very-secret");
        try (var server = server();
                var judge = server()) {
            judged(server, judge);

            assertThat(server.keys()).isNotEmpty().containsOnly("Bearer sk-very-secret");
            assertThat(judge.keys()).isNotEmpty().containsOnly("null");
        }
    }

    @Test
    void aJudgeHasAKeyOfItsOwnAndOnTheSameServerTheSolversKey() {
        shell.set("PARATHINK_API_KEY", "sk-very-secret");
        try (var server = server()) {
            judged(server, server);
            assertThat(server.keys()).isNotEmpty().containsOnly("Bearer sk-very-secret");
        }
        shell.set("PARATHINK_JUDGE_API_KEY", "sk-judge");
        try (var server = server();
                var judge = server()) {
            judged(server, judge);
            assertThat(server.keys()).isNotEmpty().containsOnly("Bearer sk-very-secret");
            assertThat(judge.keys()).isNotEmpty().containsOnly("Bearer sk-judge");
        }
    }

    /** Opens both servers; a dry run asks what they do. */
    private void judged(ScriptedServer server, ScriptedServer judge) {
        var ended = shell.checkedRun(
                "run",
                "--model",
                server.address().toString(),
                "--judge",
                judge.address().toString(),
                "--dataset",
                problems.toString(),
                "--strategy",
                "deepprune",
                "-S",
                "judge=model",
                "--dry-run");
        assertThat(ended.status()).as(ended.err()).isZero();
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
    void spentMoneyStopsARunThatGoesOnLaterWithTheBillOfOneNeverStopped() throws IOException {
        var few = new String[] {"--max-tokens", "20", "--concurrency", "1", "--price-in", "0", "--price-out", "1"};
        try (var server = server()) {
            // the probe takes 25 tokens and a branch 17, of 20 that it may: after 76 one more of them fits into 100,
            // and not two
            var ended = run(server, with(few, "--max-usd", "0.0001"));

            assertThat(ended.status()).isEqualTo(130);
            assertThat(ended.err()).contains("--max-usd", "goes on");
            assertThat(server.requests()).hasSize(4);
            assertThat(shell.read("out/run.json")).contains("\"interrupted\"");
            assertThat(shell.read("out/problems.jsonl").lines()).hasSize(1);
            assertThat(shell.read("out/completions.jsonl").lines().filter(line -> line.contains("\"finish\":\"stop\"")))
                    .hasSize(4);

            assertThat(run(server, few).status()).isZero();
            assertThat(server.requests()).hasSize(4 + 2); // what was paid for is not asked for again
            assertThat(run(server, with(few, "--out", "whole")).status()).isZero();
        }
        for (var file : List.of("problems.jsonl", "completions.jsonl")) {
            assertThat(shell.read("out/" + file)).isEqualTo(shell.read("whole/" + file));
        }
    }

    @Test
    void whatAServerCannotDoIsOneLineBeforeAnythingIsWritten() {
        try (var server = server()) {
            for (var strategy : List.of("borda", "parathinker")) {
                var ended = shell.checkedRun(
                        "run",
                        "--model",
                        server.address().toString(),
                        "--dataset",
                        problems.toString(),
                        "--strategy",
                        strategy,
                        "--out",
                        "none");
                assertThat(ended.status()).as(strategy).isEqualTo(2);
                assertThat(ended.errLines()).singleElement().asString().contains("strategy");
                assertThat(shell.folder().resolve("none")).doesNotExist();
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
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
    void onePriceIsNone() {
        try (var server = server()) {
            var ended = run(server, "--price-in", "1");
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("--price-in and --price-out belong together");
        }
    }

    @Test
    void whatIsForServersIsRefusedElsewhere() throws IOException {
        shell.write("pool.jsonl", "{\"problem\": \"p\", \"reference\": \"1\", \"answer\": \"1\", \"tokens\": 1}\n");
        for (var option : List.of("--max-usd", "--price-in", "--tokens-per-minute", "--max-requests", "--timeout")) {
            for (var model : List.of("mini12", "replay:pool.jsonl")) {
                var ended = shell.checkedRun(
                        "run", "--model", model, "--dataset", "arith-1", "--strategy", "greedy", option, "1");

                assertThat(ended.status()).as(option).isEqualTo(2);
                assertThat(ended.errLines()).singleElement().asString().contains(option, "behind a server");
            }
        }
    }

    @Test
    void pricesMayStandInTheSettingsOfLocalRuns() throws IOException {
        shell.writeAtHome(".config/parathink/config.yaml", "price-in: 1\nprice-out: 2\n");

        var ended = shell.checkedRun(
                "run", "--dataset", "arith-1", "--limit", "1", "--strategy", "greedy", "--out", "o", "--dry-run");

        assertThat(ended.status()).as(ended.err()).isZero();
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
