package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.endpoint.ScriptedServer;

/** What {@code compare --rerun} runs, and what it says of the runs that it cannot run again. */
final class RerunTest {
    private TestingShell shell;

    /** Two problems that a window of two decides, and two on which no two completions agree. */
    @BeforeEach
    void run(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        shell.write("pool.jsonl", pool(1));
        checked("run --model replay:pool.jsonl --strategy self-consistency -n 8 --out majority");
        checked("run --model replay:pool.jsonl --strategy esc -n 8 -S window=2 --out esc");
    }

    private static String pool(int answer) {
        var pool = new StringBuilder();
        for (int problem = 0; problem < 4; problem++) {
            for (int draw = 0; draw < 8; draw++) {
                pool.append("{\"problem\": \"p%d\", \"reference\": \"1\", \"format\": \"integer\", ".formatted(problem))
                        .append("\"answer\": \"%d\", \"tokens\": 10}%n".formatted(problem < 2 ? answer : draw + 1));
            }
        }
        return pool.toString();
    }

    private TestingShell.Ended checked(String line) {
        var ended = tried(line);
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended;
    }

    private TestingShell.Ended tried(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void bringsAStrategyThatStopsByItselfToTheCommonSpend() throws IOException {
        var ended = checked("compare majority esc --match work --at 30 --rerun --json");

        // with n completions 20 tokens are spent on each of two problems and 10 n on the others: 10 + 5 n
        var row = ended.json().getFirst().path("matched").path("rows").path(1);
        assertThat(row.path("brought").asBoolean()).isTrue();
        assertThat(row.path("spend").asDouble()).isCloseTo(30, within(1e-9));
        assertThat(row.path("completions").asDouble()).isCloseTo(4, within(1e-9));
        assertThat(row.path("remark").asText()).contains("was run again with -n 4, 5, 6, 8");
        assertThat(ended.json().getFirst().path("matched").path("pairs")).hasSize(1);
        assertThat(ended.err()).contains("esc again with -n 4, into ");
        checked("run --model replay:pool.jsonl --strategy esc -n 4 -S window=2 --out direct");
        assertThat(shell.read("esc-n4/problems.jsonl")).isEqualTo(shell.read("direct/problems.jsonl"));
    }

    @Test
    void findsItsRunsAgain() throws IOException {
        var first = checked("compare majority esc --match work --at 33 --rerun --out tables");
        var before = shell.read("tables/reruns/esc-n4/timing.jsonl");

        var second = checked("compare majority esc --match work --at 33 --rerun --out tables");

        assertThat(second.out()).isEqualTo(first.out());
        assertThat(shell.read("tables/reruns/esc-n4/timing.jsonl")).isEqualTo(before);
    }

    @Test
    void drawsMoreWhereAStrategySpendsTooLittle() throws IOException {
        checked("run --model replay:pool.jsonl --strategy esc -n 3 -S window=2 --out few");

        var ended = checked("compare majority few --match work --at 30 --rerun --json");

        var row = ended.json().getFirst().path("matched").path("rows").path(1);
        assertThat(row.path("spend").asDouble()).isCloseTo(30, within(1e-9));
        assertThat(row.path("completions").asDouble()).isCloseTo(4, within(1e-9));
    }

    @Test
    void saysWhyARunStaysWhereItIs() throws IOException {
        shell.write("pool.jsonl", pool(2));

        var ended = checked("compare majority esc --match work --at 30 --rerun --json");

        assertThat(ended.err()).contains("esc stays at its own spend: it cannot be run again", "pool.jsonl");
        var row = ended.json().getFirst().path("matched").path("rows").path(1);
        assertThat(row.path("brought").asBoolean()).isFalse();
        assertThat(row.path("spend").asDouble()).isEqualTo(50);
    }

    @Test
    void leavesARunOfAServerAlone() throws IOException {
        var problems = shell.write(
                "two.jsonl",
                "{\"problem\": \"What is 1+1?\", \"answer\": \"2\"}\n{\"problem\": \"What is 2+0?\", \"answer\": \"2\"}\n");
        var scripts = new String[40];
        Arrays.fill(scripts, "It is \\boxed{2}.");
        try (var server = new ScriptedServer(scripts)) {
            var run = "run --model %s --dataset %s --strategy ".formatted(server.address(), problems);
            checked(run + "self-consistency -n 4 --out a");
            checked(run + "esc -n 4 -S window=2 --out b");

            var ended = tried("compare a b --match work --at 20 --rerun");

            assertThat(ended.err())
                    .contains("b stays at its own spend: it cannot be run again, it was made on the server");
        }
    }

    @Test
    void leavesARunAloneThatAnotherModelJudged() throws IOException {
        var line =
                "{\"problem\": \"%s\", \"reference\": \"2\", \"format\": \"integer\", \"text\": \"so it is. Answer: 2\", \"tokens\": 9}\n";
        shell.write(
                "judged.jsonl",
                line.formatted("p").repeat(4) + line.formatted("q").repeat(4));
        try (var judge = new ScriptedServer()) {
            var judged =
                    "run --model replay:judged.jsonl --strategy deepprune -S judge=model -S cut=words=2 -n %d --judge "
                            + judge.address() + " --out %s";
            checked(judged.formatted(2, "a"));
            checked(judged.formatted(3, "b"));

            var ended = tried("compare a b --match work --at 5 --rerun");

            assertThat(ended.err()).contains("b stays at its own spend: it cannot be run again, it was judged by http");
        }
    }

    @Test
    void refusesOptionsThatItWouldNotRead() throws IOException {
        assertThat(tried("compare majority esc --rerun").err()).contains("--rerun needs --match");
        assertThat(tried("compare majority esc --concurrency 2").err()).contains("--concurrency is for --rerun");
    }
}
