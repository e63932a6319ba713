package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
    private static final String RUN =
            "run --dataset countdown-3 --strategy self-consistency -n 2 --limit %d --max-tokens 40 --seed 3 --out %s";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        run(RUN.formatted(3, "small"));
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void saysWhoseTextsThePageLeavesOut() throws IOException {
        assertThat(run("report small --traces all").err().lines())
                .singleElement()
                .asString()
                .startsWith("parathink report: page in ")
                .endsWith("report.html");
        assertThat(shell.read("small/report.html")).contains("id=\"trace-0-2\"");

        var ended = run("report small --traces 1");

        assertThat(ended.status()).isZero();
        assertThat(ended.err().lines())
                .containsExactly(
                        "parathink report: small: the page keeps the texts of 1 of 3 attempts; --traces all keeps every one",
                        "parathink report: page in "
                                + shell.folder().resolve("small").resolve("report.html"));
        assertThat(shell.read("small/report.html")).containsOnlyOnce("id=\"trace-0-");
        assertThat(run("report small --traces none").err()).contains("the texts of 0 of 3 attempts");
        assertThat(shell.read("small/report.html")).doesNotContain("id=\"trace-0-");
    }

    @Test
    void refusesANumberOfTextsThatIsNone() {
        for (var wrong : new String[] {"some", "-1", "1.5", ""}) {
            var ended = run("report small --traces " + wrong);

            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("'" + wrong + "' is not all, none or a number of attempts, 0 or more");
        }
    }

    @Test
    void comparesSeveralRunsInPairsWhereTheyCanBe() throws IOException {
        run(RUN.formatted(2, "fewer"));
        run(RUN.formatted(3, "others").replace("countdown-3", "arith-1"));

        assertThat(run("report small fewer --out pairs").status()).isZero();
        assertThat(run("report small others --out strangers").status()).isZero();

        assertThat(shell.read("pairs/report.html")).contains("\"p_holm\":").doesNotContain("\"refused\":");
        assertThat(shell.read("strangers/report.html")).contains("\"refused\":").doesNotContain("\"p_holm\":");
        assertThat(shell.folder().resolve("pairs/tables/runs.tex")).isNotEmptyFile();
    }

    @Test
    void refusesARunBesideItselfHoweverItIsSpelled() throws IOException {
        Files.createSymbolicLink(shell.folder().resolve("link"), shell.folder().resolve("small"));

        for (var again : new String[] {"small", "./small", "../work/small", "link"}) {
            var ended = run("report small " + again + " --out twice");

            assertThat(ended.status()).as(again).isEqualTo(2);
            assertThat(ended.errLines()).hasSize(1);
            assertThat(ended.err()).contains(again + ": given twice").contains("give each run once");
        }
        assertThat(shell.folder().resolve("twice")).doesNotExist();
    }
}
