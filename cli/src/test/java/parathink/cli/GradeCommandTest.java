package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GradeCommandTest {
    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private String grade(String gold, String answer, String... more) {
        var args = new String[5 + more.length];
        System.arraycopy(new String[] {"grade", "--gold", gold, "--answer", answer}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return shell.checkedRun(args).out().strip();
    }

    @Test
    void comparesByMathematics() {
        assertThat(grade("\\frac{1}{2}", "0.5")).isEqualTo("equal");
        assertThat(grade("2", "3")).isEqualTo("different");
    }

    @Test
    void takesAnyExpressionThatSolvesTheGameOfTheReference() {
        assertThat(grade("(16+15)+2", "2+15+16", "--format", "countdown")).isEqualTo("equal");
        assertThat(grade("(16+15)+2", "16*2+1", "--format", "countdown")).isEqualTo("different");
        assertThat(shell.checkedRun("grade", "--gold", "x", "--answer", "1", "--format", "countdown")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void gradesEveryRowOfAFileInItsOwnFormat() throws IOException {
        shell.write("pairs.jsonl", """
                {"gold": "B", "pred": "(B)", "format": "choice", "note": 7}

                {"gold": 12, "pred": "the answer is 13"}
                """);

        var rows = shell.checkedRun("grade", "--pairs", "pairs.jsonl").json();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("equal").asBoolean()).isTrue();
        assertThat(rows.get(0).path("note").asInt()).isEqualTo(7);
        assertThat(rows.get(1).path("equal").asBoolean()).isFalse();
        assertThat(rows.get(1).path("pred_canonical").asText()).isEqualTo("13");
    }

    @Test
    void namesFileAndLineOfARowItCannotRead() throws IOException {
        var file = shell.write("pairs.jsonl", "{\"gold\": \"1\", \"pred\": \"1\"}\n{\"gold\": \"1\"\n");

        var torn = shell.checkedRun("grade", "--pairs", "pairs.jsonl");
        shell.write("pairs.jsonl", "{\"gold\": \"1\"}\n");
        var half = shell.checkedRun("grade", "--pairs", "pairs.jsonl");

        assertThat(torn.status()).isEqualTo(2);
        assertThat(torn.err()).contains(file + ":2: is no JSON object");
        assertThat(half.err()).contains(file + ":1: 'pred' must be a text or a number");
    }

    @Test
    void wantsAPairOrAFile() {
        assertThat(shell.checkedRun("grade", "--gold", "1").err()).contains("give --gold and --answer, or --pairs");
        assertThat(shell.checkedRun("grade").status()).isEqualTo(2);
    }

    @Test
    void suggestsTheNearestFormat() {
        assertThat(shell.checkedRun("grade", "--gold", "1", "--answer", "1", "--format", "maths")
                        .err())
                .contains("'maths'", "'math'");
    }
}
