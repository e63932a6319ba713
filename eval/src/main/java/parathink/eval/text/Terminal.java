package parathink.eval.text;

import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** Tables and texts as every command prints them. Stateless; may be used from any thread. */
public final class Terminal {
    private Terminal() {}

    /** Printable text of at most so many characters; what is cut off ends in an ellipsis. */
    public static String shortened(String text, int length) {
        var printable = printable(text);
        return printable.length() > length ? printable.substring(0, length - 1) + "…" : printable;
    }

    /** The table as Tablesaw prints it, with narrower gaps between the columns. */
    public static String print(Table table) {
        var lines = table.print(Math.max(1, table.rowCount()))
                .lines()
                .map(line ->
                        line.replace("  |  ", " | ").replaceAll("  \\|$", "").stripTrailing())
                .toList();
        int width = lines.stream()
                .filter(line -> !line.startsWith("---"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return lines.stream()
                .map(line -> line.startsWith("---") ? "-".repeat(width) : line)
                .collect(Collectors.joining("\n"));
    }

    /** Text that cannot move the cursor, colour the screen or break a line. */
    public static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? "\\u%04x".formatted(c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }
}
