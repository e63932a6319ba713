package parathink.eval.text;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import parathink.eval.directory.Results;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;

/** Tables as files: CSV for programs, Markdown to read, LaTeX to print. Stateless; may be used from any thread. */
public final class TableFiles {
    private static final String FORMULA_STARTS =
            "=+-@\uff1d\uff0b\uff0d\uff20"; // the wide forms count in some spreadsheets
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private TableFiles() {}

    /**
     * Writes {@code NAME.csv}, {@code NAME.md} and {@code NAME.tex} for each table. In CSV a text that a spreadsheet would take
     * for a formula begins with an apostrophe; numbers are as they are, a text that is one, such as -5, too.
     */
    public static void write(List<Table> tables, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var table : tables) {
            var csv = new StringWriter();
            withoutFormulas(table)
                    .write()
                    .usingOptions(CsvWriteOptions.builder(csv).build());
            replace(folder.resolve(table.name() + ".csv"), csv.toString());
            replace(folder.resolve(table.name() + ".md"), markdown(table));
            replace(folder.resolve(table.name() + ".tex"), LatexTable.of(table));
        }
    }

    private static Table withoutFormulas(Table table) {
        var safe = Table.create(table.name());
        for (var column : table.columns()) {
            if (column instanceof StringColumn given) {
                var quoted = StringColumn.create(column.name());
                given.forEach(text -> quoted.append(isFormula(text) ? "'" + text : text));
                safe.addColumns(quoted);
            } else {
                safe.addColumns(column);
            }
        }
        return safe;
    }

    private static boolean isFormula(String text) {
        var written = text.trim(); // as the writer of CSV does
        return !written.isEmpty()
                && FORMULA_STARTS.indexOf(written.charAt(0)) >= 0
                && !NUMBER.matcher(written).matches();
    }

    private static void replace(Path file, String text) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(temporary, text, StandardCharsets.UTF_8);
        Results.move(temporary, file);
    }

    static String markdown(Table table) {
        var text = new StringBuilder();
        var names = new ArrayList<String>();
        var rules = new ArrayList<String>();
        for (var column : table.columns()) {
            names.add(column.name());
            rules.add(column instanceof StringColumn ? "---" : "---:");
        }
        row(text, names);
        row(text, rules);
        for (int i = 0; i < table.rowCount(); i++) {
            var cells = new ArrayList<String>();
            for (var column : table.columns()) {
                cells.add(column.getString(i));
            }
            row(text, cells.stream().map(TableFiles::escaped).toList());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Text of models and datasets must neither end a cell nor become markup. */
    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("[", "\\[")
                .replaceAll("\\R", " ");
    }
}
