package parathink.eval.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as LaTeX, in the rules of the package booktabs: one {@code tabular} to be put into a float. Text is escaped, so that
 * what a model wrote is never taken for a command.
 */
final class LatexTable {
    private LatexTable() {}

    static String of(Table table) {
        var text = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{tabular}{");
        for (var column : table.columns()) {
            text.append(column instanceof StringColumn ? 'l' : 'r');
        }
        text.append("}\n\\toprule\n");
        row(text, table.columnNames());
        text.append("\\midrule\n");
        for (int i = 0; i < table.rowCount(); i++) {
            var cells = new ArrayList<String>();
            for (var column : table.columns()) {
                cells.add(cell(column, i));
            }
            row(text, cells);
        }
        return text.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String cell(Column<?> column, int row) {
        if (column instanceof DoubleColumn numbers && !numbers.isMissing(row)) {
            double number = numbers.getDouble(row);
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            var format = whole ? "%.0f" : Math.abs(number) >= 1000 ? "%.1f" : "%.4g";
            return String.format(Locale.ROOT, format, number);
        }
        return column.getString(row);
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append(String.join(" & ", cells.stream().map(LatexTable::escaped).toList()))
                .append(" \\\\\n");
    }

    static String escaped(String cell) {
        var text = new StringBuilder();
        cell.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> text.append("\\textbackslash{}");
                case '~' -> text.append("\\textasciitilde{}");
                case '^' -> text.append("\\textasciicircum{}");
                case '<' -> text.append("\\textless{}");
                case '>' -> text.append("\\textgreater{}");
                case '|' -> text.append("\\textbar{}");
                case '[', '*' ->
                    text.append('{').appendCodePoint(c).append('}'); // else an argument of the row's end before
                case '&', '%', '$', '#', '_', '{', '}' -> text.append('\\').appendCodePoint(c);
                default -> text.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
            }
        });
        return text.toString();
    }
}
