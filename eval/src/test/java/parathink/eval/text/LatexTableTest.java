package parathink.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

final class LatexTableTest {
    @Test
    void alignsNumbersRightAndEscapesText() {
        var share = DoubleColumn.create("share", 0.123456, 52043.66, 3);
        share.appendMissing();
        var table = Table.create(
                "t",
                StringColumn.create("a_b", "50% & more", "[x] {y}", "\\end{tabular}", "a^2~#$"),
                IntColumn.create("n", 1, 2, 3, 4),
                share);

        assertThat(LatexTable.of(table)).isEqualTo("""
                        % needs \\usepackage{booktabs}
                        \\begin{tabular}{lrr}
                        \\toprule
                        a\\_b & n & share \\\\
                        \\midrule
                        50\\% \\& more & 1 & 0.1235 \\\\
                        {[}x] \\{y\\} & 2 & 52043.7 \\\\
                        \\textbackslash{}end\\{tabular\\} & 3 & 3 \\\\
                        a\\textasciicircum{}2\\textasciitilde{}\\#\\$ & 4 &  \\\\
                        \\bottomrule
                        \\end{tabular}
                        """);
    }

    @Test
    void aLineBreakInATextDoesNotEndARow() {
        assertThat(LatexTable.escaped("a\nb\u2028c")).isEqualTo("a b c");
    }
}
