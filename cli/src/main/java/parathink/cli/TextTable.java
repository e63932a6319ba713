package parathink.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text for a terminal: each as wide as its widest cell, the last one wrapped. Not thread-safe. */
final class TextTable {
    private static final int NARROWEST = 20;

    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table that is at most so many characters wide. */
    TextTable(int width) {
        this.width = width;
    }

    /** Adds a row; all rows have as many cells as the first. */
    TextTable row(String... cells) {
        if (!rows.isEmpty() && rows.getFirst().size() != cells.length) {
            throw new IllegalArgumentException("a row of %d cells in a table of %d columns"
                    .formatted(cells.length, rows.getFirst().size()));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, each ended by a line feed. */
    String text() {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column + 1 < row.size(); column++) {
                line.append(pad(row.get(column), widest(column))).append("  ");
            }
            int indent = line.length();
            var parts = wrap(row.getLast(), Math.max(NARROWEST, width - indent));
            for (int part = 0; part < parts.size(); part++) {
                text.append((part == 0 ? line : " ".repeat(indent)) + parts.get(part))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    /** A text in lines of at most so many characters, broken at spaces where there are any. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
