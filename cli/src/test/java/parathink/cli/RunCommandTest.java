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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunCommandTest {
    private static final String SMALL =
            "run --dataset countdown-3 --strategy self-consistency -n 2 --limit 3 --max-tokens 40 --seed 3 --out small";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void solvesEveryProblemAndLeavesAReport() throws IOException {
        var ended = run(SMALL);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("self-consistency on countdown-3, mini12, seed 3");
        assertThat(shell.read("small/problems.jsonl").lines()).hasSize(3);
        assertThat(shell.read("small/completions.jsonl").lines()).hasSize(6);
        assertThat(shell.folder().resolve("small/report.html")).isNotEmptyFile();
        assertThat(shell.read("small/run.json"))
                .contains("\"status\" : \"complete\"", "\"parathink\" : \"0.1.0\"", "\"seed\" : 3");
    }

    @Test
    void printsTheReportOfAFinishedRunAgainAndChangesNothing() throws IOException {
        var first = run(SMALL);
        var completions = shell.read("small/completions.jsonl");

        var second = run(SMALL);

        assertThat(second.status()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(shell.read("small/completions.jsonl")).isEqualTo(completions);
    }

    @Test
    void refusesADirectoryOfAnotherRunAndNamesTheDifference() throws IOException {
        run(SMALL);
        var before = shell.read("small/run.json");

        var ended = run(SMALL.replace("-n 2", "-n 3"));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).hasSize(1);
        assertThat(ended.err()).contains("branches", "\"2\"", "\"3\"");
        assertThat(shell.read("small/run.json")).isEqualTo(before);
    }

    @Test
    void goesOnInTheSameFolderWhenNoneIsNamed() throws IOException {
        var line = "run --dataset countdown-3 --strategy greedy --limit 1 --max-tokens 8 --json";
        var first = run(line).json().getFirst().path("directory").asText();

        assertThat(run(line).json().getFirst().path("directory").asText()).isEqualTo(first);
        assertThat(run(line + " --seed 1").json().getFirst().path("directory").asText())
                .isNotEqualTo(first);
        assertThat(Path.of(first).getParent()).isEqualTo(shell.folder().resolve("runs"));
        assertThat(Path.of(first).getFileName().toString()).matches("countdown-3-greedy-[0-9a-f]{8}");
    }

    @Test
    void writesNothingInADryRun() throws IOException {
        var plan = run(SMALL + " --dry-run --json").json().getFirst();

        assertThat(plan.path("attempts").asInt()).isEqualTo(3);
        assertThat(plan.path("strategy_settings").path("branches").asText()).isEqualTo("2");
        assertThat(plan.path("sampling").path("max_tokens").asInt()).isEqualTo(40);
        assertThat(shell.folder()).isEmptyDirectory();
    }

    @Test
    void missesAThresholdAndWritesATestCaseAProblem() throws IOException {
        // four tokens are too few for any answer
        var line =
                "run --dataset countdown-3 --strategy greedy --limit 2 --max-tokens 4 --fail-under 0.5 --junit x.xml";

        var ended = run(line);

        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains("accuracy 0.0000 is below --fail-under 0.5");
        assertThat(shell.read("x.xml")).containsOnlyOnce("tests=\"2\"").contains("failures=\"2\"");
    }

    @Test
    void solvesOnlyTheProblemsThatAreNamed() throws IOException {
        assertThat(run(SMALL.replace("--limit 3", "--ids countdown-3/5,countdown-3/2"))
                        .status())
                .isZero();

        assertThat(shell.read("small/problems.jsonl").lines().map(line -> line.split("\"", 6)[3]))
                .containsExactly("countdown-3/2", "countdown-3/5");
    }

    @Test
    void takesArgumentsFromAFileAndLetsFlagsAfterItWin() throws IOException {
        shell.write("small.args", "# a recipe\n--dataset countdown-3 --strategy greedy --limit 1\n--seed 4\n");
        var recipe = "@" + shell.folder().resolve("small.args");

        var plan = run("run " + recipe + " --seed 5 --dry-run --json").json().getFirst();

        assertThat(plan.path("strategy").asText()).isEqualTo("greedy");
        assertThat(plan.path("seed").asInt()).isEqualTo(5);
    }

    @Test
    void takesSettingsOfAStrategyFromTheProjectsFile() throws IOException {
        shell.write("parathink.yaml", "run:\n  set:\n    verifier: logprob\n    branches: 3\n  max-tokens: 9\n");

        var plan = run("run --dataset countdown-3 --strategy best-of-n --limit 1 --dry-run --json")
                .json()
                .getFirst();

        assertThat(plan.path("strategy_settings").path("verifier").asText()).isEqualTo("logprob");
        assertThat(plan.path("strategy_settings").path("branches").asText()).isEqualTo("3");
        assertThat(plan.path("sampling").path("max_tokens").asInt()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-n 0 | '-n': '0' is not a whole number, 1 or more",
                "-n many | '-n': 'many' is not a whole number, 1 or more",
                "--branches=0 | '--branches': '0' is not a whole number, 1 or more",
                "--temperature -1 | '--temperature': '-1' is not a number from 0 (greedy) to 100",
                "--temperature NaN | '--temperature': 'NaN' is not a number from 0 (greedy) to 100",
                "--top-p 1.5 | '--top-p': '1.5' is not a number above 0 and at most 1",
                "--top-k -1 | '--top-k': '-1' is not a whole number, 0 or more",
                "--min-p 2 | '--min-p': '2' is not a number from 0 to 1",
                "--budget -5 | '--budget': '-5' is not a number of tokens, 1 or more",
                "--limit 0 | '--limit': '0' is not a whole number, 1 or more",
                "--repeats 0 | '--repeats': '0' is not a whole number, 1 or more",
                "--concurrency 0 | '--concurrency': '0' is not a whole number, 1 or more",
                "--max-tokens 0 | '--max-tokens': '0' is not a whole number, 1 or more",
                "--seed x | '--seed': 'x' is not a whole number",
                "--fail-under 2 | '--fail-under': '2' is not a number from 0 to 1",
                "--mode quick | '--mode': 'quick' is not a mode; there are exact, faithful, fast",
                "--device cuda | '--device': this version computes on cpu only, not on 'cuda'",
                "-S branches | '-S': 'branches' is not of the form KEY=VALUE",
                "-S brnches=3 | strategy 'self-consistency' has no setting 'brnches'; did you mean 'branches'?",
                "-S branches=x | setting 'branches' of strategy 'self-consistency' must be a whole number, got 'x'",
                "-S branches=3 -n 4 | -n 4 and -S branches=3 contradict each other; give one",
                "--ids nobody | --ids: countdown-3 has no problem 'nobody', its first is 'countdown-3/1'",
                "--model mini13 | there is no model 'mini13'; it must be mini12, a model's folder, the .onnx file of a decoder with past, or the address of a server, or replay:PATH",
                "-D size=0 | size",
                "@nowhere.args | cannot read the argument file 'nowhere.args'"
            })
    void refusesABadValueInOneLineAndWritesNothing(String arguments, String reason) {
        var ended = run("run --dataset countdown-3 --strategy self-consistency --out o " + arguments);

        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errLines().getFirst()).contains(reason);
        assertThat(ended.errLines()).hasSizeLessThanOrEqualTo(2);
        assertThat(shell.folder()).isEmptyDirectory();
    }

    @Test
    void refusesBranchesForAStrategyThatHasNone() {
        var ended = run("run --dataset countdown-3 --strategy greedy -n 4");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("-n 4: strategy 'greedy' has no branches to set; leave -n out");
    }

    @Test
    void saysWhichOptionIsMissing() {
        assertThat(run("run --strategy greedy").err()).contains("--dataset is missing");
        assertThat(run("run --dataset countdown-3").err()).contains("--strategy is missing");
        assertThat(run("run --dataset countdown-3").status()).isEqualTo(2);
    }

    @Test
    void explainsHowToGetADatasetThatIsNotHere() {
        var ended = run("run --dataset gpqa-diamond --strategy greedy --out o");

        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.errLines()).hasSize(1);
        assertThat(ended.err()).contains("gated", "parathink import");
        assertThat(shell.folder()).isEmptyDirectory();
    }

    @Test
    void runsOnAFileOfTheUsers() throws IOException {
        var file = shell.write("ours.csv", "Question,Key\nWhat is 1+1?,2\nWhat is 2+2?,4\n");

        var ended = shell.checkedRun(List.of(
                        "run",
                        "--dataset",
                        file.toString(),
                        "--map",
                        "problem=Question,answer=Key",
                        "--strategy",
                        "greedy",
                        "--max-tokens",
                        "4",
                        "--out",
                        "ours")
                .toArray(String[]::new));

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(shell.read("ours/problems.jsonl").lines()).hasSize(2);
        assertThat(shell.read("ours/problems.jsonl")).contains("\"reference\":\"4\"");
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        shell.write("taken", "a file");

        var ended = run(SMALL.replace("--out small", "--out taken"));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).hasSize(1);
        assertThat(ended.err()).contains(shell.folder().resolve("taken").toString());
        assertThat(shell.read("taken")).isEqualTo("a file");
    }

    @Test
    void verifiesWhatItMadeAndFindsWhatWasChanged() throws IOException {
        run(SMALL);

        var same = run("verify small --sample 3 --json");
        var lines =
                new ArrayList<>(shell.read("small/completions.jsonl").lines().toList());
        lines.replaceAll(line -> line.replaceFirst("\"text\":\"..", "\"text\":\"77"));
        Files.write(shell.folder().resolve("small/completions.jsonl"), lines);
        var changed = run("verify small --sample 3 --json");

        assertThat(same.status()).as(same.err()).isZero();
        assertThat(same.json().getFirst().path("checked").asInt()).isEqualTo(3);
        assertThat(changed.status()).isEqualTo(3);
        assertThat(changed.json().getFirst().path("differences")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesToVerifyInAnotherMode() {
        run(SMALL);

        var ended = run("verify small --mode exact");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("cpu, fast", "cpu, exact", "--mode");
    }

    @Test
    void showsTheTreeOfAProblem() throws IOException {
        run(SMALL);

        assertThat(run("show small").out().lines()).hasSize(3);
        assertThat(run("show small countdown-3/2 --tree").out()).contains("countdown-3/2", "0/1", "branch");
        var json = run("show small countdown-3/2 --json").json();
        assertThat(json).hasSize(1);
        assertThat(json.getFirst().path("completions")).hasSize(2);
        assertThat(run("show small nobody").status()).isEqualTo(2);
        assertThat(run("show small nobody --json").status()).isEqualTo(2);
    }

    @Test
    void writesReportsWhereTheyAreWanted() throws IOException {
        run(SMALL);
        run(SMALL.replace("small", "other"));

        assertThat(run("report small other --out both --json").json()).hasSize(2);

        assertThat(shell.folder().resolve("both/report.html")).isNotEmptyFile();
        assertThat(shell.folder().resolve("both/tables/runs.csv")).content().contains("small", "other");
    }
}
