package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
    private static TestingShell shell; // its two runs are only read

    @BeforeAll
    static void run(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        var pool = new StringBuilder();
        for (int problem = 0; problem < 6; problem++) {
            for (int draw = 0; draw < 4; draw++) {
                pool.append("{\"problem\": \"p%d\", \"reference\": \"1\", \"format\": \"integer\", ".formatted(problem))
                        .append("\"answer\": \"%d\", \"tokens\": 10}%n".formatted(draw < problem - 1 ? 2 : 1));
            }
        }
        shell.write("pool.jsonl", pool.toString());
        checked("run --model replay:pool.jsonl --strategy self-consistency -n 4 --out four");
        checked("run --model replay:pool.jsonl --strategy self-consistency -n 2 --seed 1 --out two");
    }

    private static TestingShell.Ended checked(String line) {
        var ended = tried(line);
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended;
    }

    private static TestingShell.Ended tried(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void comparesTwoRunsAsOneJsonObject() throws IOException {
        var json = checked("compare four two --match work --json").json();

        assertThat(json).hasSize(1);
        var compared = json.getFirst();
        assertThat(compared.path("problems").asInt()).isEqualTo(6);
        assertThat(compared.path("differences").path(0).path("reference").asText())
                .isEqualTo("four");
        assertThat(compared.path("differences")
                        .path(0)
                        .path("spend")
                        .path("work")
                        .path("value")
                        .asDouble())
                .isEqualTo(-20); // two completions of 10 tokens for four
        assertThat(compared.path("matched").path("target").asDouble()).isEqualTo(20);
        assertThat(compared.path("matched").path("baseline").path("completions").asInt())
                .isEqualTo(4);
        assertThat(compared.path("matched")
                        .path("rows")
                        .path(0)
                        .path("completions")
                        .asDouble())
                .isEqualTo(2);
    }

    @Test
    void printsTablesOfAtMostAHundredColumns() {
        var ended = checked("compare four two --margin 3 --out tables");

        assertThat(ended.out())
                .contains("differences in accuracy", "spend a problem", "plain majority at the same work", "no worse");
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(ended.err()).contains("no greedy run is among them");
        for (var name : new String[] {"differences.csv", "spending.md", "matched.tex"}) {
            assertThat(shell.folder().resolve("tables").resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void refusesWhatCannotBeComparedInOneLine() {
        assertThat(tried("compare four four").err()).contains("four: given twice");
        assertThat(tried("compare four missing").status()).isEqualTo(2);
        assertThat(tried("compare four two --match usd").err()).contains("--price-in and --price-out");
        assertThat(tried("compare four two --match flops").err()).contains("cannot be matched by flops");
        assertThat(tried("compare four two --match calls").err()).contains("'calls' is not one of work, span");
        assertThat(tried("compare four two --model-size 1,2").err()).contains("five whole numbers");
        assertThat(tried("compare four two --at 5").err()).contains("needs --match");
    }

    @Test
    void matchesByMoneyAndByTheShapeThatIsGiven() throws IOException {
        var money = checked("compare four two --match usd --price-in 0 --price-out 1 --json")
                .json()
                .getFirst();
        assertThat(money.path("matched").path("target").asDouble()).isEqualTo(20 / 1e6);

        var flops = checked("compare four two --match flops --model-size 1000,2,8,4,16 --json")
                .json()
                .getFirst();
        // of 10 tokens: 2 layers of (576 * 10 + 8 * 55), two completions
        assertThat(flops.path("matched").path("target").asDouble()).isEqualTo(2 * 2 * (5760 + 440));
    }

    @Test
    void plansFromAssumptionsAndPilots() throws IOException {
        var assumed = checked("plan --difference 10 --accuracy 0.5 --between 0 --json")
                .json()
                .getFirst();
        // attempts disagree in half of the cases: 389 problems have power 0.80008, 388 have 0.79909, counted apart
        assertThat(assumed.path("needed").path(0).path("problems").asInt()).isEqualTo(389);

        var measured = checked("plan four two --problems 40 --json").json().getFirst();
        assertThat(measured.path("needed")).hasSize(1);
        assertThat(measured.path("basis").asText()).contains("measured on 6 problems with 1 repeat");

        var after = checked("plan four two --after --json").json().getFirst();
        assertThat(after.path("problems").asInt()).isEqualTo(6);
        assertThat(after.path("smallest_difference").path("value").asDouble()).isGreaterThan(0.3);
    }

    @Test
    void forecastsARunFromAPilot() throws IOException {
        var forecast = checked("plan four --forecast --problems 100 --repeats 2 -n 8 --json")
                .json()
                .getFirst();

        // every completion has 10 tokens; PlanningTest has intervals of unequal ones
        assertThat(forecast.path("work").path("value").asDouble()).isEqualTo(16_000);
        assertThat(forecast.path("work").path("low").asDouble()).isEqualTo(16_000);
        assertThat(tried("plan --forecast").err()).contains("--forecast needs one pilot run, got 0", "--dataset");
        assertThat(tried("plan four --after").err()).contains("--after needs the two runs");
        assertThat(tried("plan --power 1.5").err()).contains("--power must be above 0.05");
    }

    /** Two right and two wrong answers of each of 6 problems; the verifier prefers the right ones in the first 3. */
    private void scored() throws IOException {
        var pool = new StringBuilder();
        for (int problem = 0; problem < 6; problem++) {
            for (int draw = 0; draw < 4; draw++) {
                boolean right = draw < 2;
                pool.append("{\"problem\": \"p%d\", \"reference\": \"1\", \"format\": \"integer\", ".formatted(problem))
                        .append("\"answer\": \"%d\", \"tokens\": 10, \"score\": %d}%n"
                                .formatted(right ? 1 : 2, right == problem < 3 ? 3 : 2));
            }
        }
        shell.write("scored.jsonl", pool.toString());
        checked("run --model replay:scored.jsonl --strategy self-consistency -n 4 --out plain");
        checked("run --model replay:scored.jsonl --strategy best-of-n -S verifier=score -n 4 --out best");
        checked("run --model replay:scored.jsonl --strategy weighted-vote -S verifier=score -n 4 --out weighted");
    }

    @Test
    void bringsChoicesByScoreToACommonSpend() throws IOException {
        scored();
        var rows = checked("compare plain best weighted --match work --at 20 --json")
                .json()
                .getFirst()
                .path("matched")
                .path("rows");

        for (int row = 0; row < 3; row++) {
            assertThat(rows.path(row).path("brought").asBoolean()).isTrue();
            assertThat(rows.path(row).path("spend").asDouble()).isEqualTo(20);
            assertThat(rows.path(row).path("completions").asDouble()).isEqualTo(2);
        }
        // best of 2 of 4: all but the pair of worse ones, 5/6, for the first 3 problems, and 1/6 for the others
        assertThat(rows.path(1).path("accuracy").path("value").asDouble()).isCloseTo(0.5, within(1e-12));
        assertThat(rows.path(1).path("remark").asText()).isEmpty();
        // two votes of 3 against 2 go the same way, and pairs of one kind too
        assertThat(rows.path(2).path("accuracy").path("value").asDouble()).isCloseTo(0.5, within(0.05));
        assertThat(rows.path(2).path("remark").asText()).contains("its curve is drawn", "standard error of");
    }

    @Test
    void forecastsARunFromProblemsThatItTriesItself() throws IOException {
        var before = temporaryFolders();
        var forecast = checked("plan --dataset countdown-3 --strategy self-consistency -n 2 --max-tokens 12 --pilot 3"
                        + " --problems 100 --json")
                .json()
                .getFirst();

        assertThat(forecast.path("pilot_problems").asInt()).isEqualTo(3);
        assertThat(forecast.path("problems").asInt()).isEqualTo(100);
        assertThat(forecast.path("work").path("value").asDouble()).isBetween(200.0, 2400.0); // 2 of 1 to 12 tokens each
        assertThat(forecast.path("seconds").path("value").asDouble()).isPositive();
        assertThat(forecast.path("parameters").asLong()).isPositive();
        assertThat(temporaryFolders()).isEqualTo(before);
        assertThat(tried("plan --dataset countdown-3 -n 2").err()).contains("--strategy is missing");
    }

    private static List<Path> temporaryFolders() throws IOException {
        try (var folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return folders.filter(path -> path.getFileName().toString().startsWith("parathink-pilot"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void forecastsAReplayWithoutAClock() throws IOException {
        var forecast = checked("plan --model replay:pool.jsonl --strategy self-consistency -n 4 --pilot 2 --json")
                .json()
                .getFirst();

        assertThat(forecast.path("work").path("value").asDouble()).isEqualTo(6 * 40); // all completions have 10 tokens
        assertThat(forecast.path("seconds").isNull()).isTrue();
    }
}
