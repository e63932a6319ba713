package parathink.datasets.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.DatasetException;
import parathink.datasets.rows.Row;

/** Which column plays which role: as the user says, else by the names that are usual. */
final class ColumnMap {
    private final Map<Role, String> named;

    private ColumnMap(Map<Role, String> named) {
        this.named = Collections.unmodifiableMap(named);
    }

    /**
     * @param columns column names by role, such as {@code problem} to {@code Question}; a dot leads into a structure
     * @throws IllegalArgumentException when a role is unknown or a column is left empty
     */
    static ColumnMap of(Map<String, String> columns) {
        var named = new EnumMap<Role, String>(Role.class);
        columns.forEach((label, column) -> {
            var role = Role.named(label);
            if (column.isBlank()) {
                throw new IllegalArgumentException("'%s=' needs the name of a column".formatted(label));
            }
            named.put(role, column);
        });
        return new ColumnMap(named);
    }

    /** A cell that was found, and the column it was found in. */
    record Cell(String column, JsonNode value) {}

    /**
     * The cell that plays a role in a row.
     *
     * @throws DatasetException when the user named a column that the row does not have
     */
    Optional<Cell> find(Row row, Role role) {
        var column = named.get(role);
        if (column != null) {
            return Optional.of(at(row, column)
                    .orElseThrow(() -> DatasetException.unreadable("%s: there is no column '%s'; the columns are %s"
                            .formatted(row.place(), column, columns(row)))));
        }
        for (var usual : role.columns()) {
            var cell = row.column(usual).map(name -> new Cell(name, row.cells().get(name)));
            if (cell.isPresent()) {
                return cell;
            }
        }
        return Optional.empty();
    }

    /** The wrong options where each has a column of its own, such as {@code Incorrect Answer 1}. */
    List<Cell> incorrect(Row row) {
        var cells = new ArrayList<Cell>();
        for (var stem : List.of("incorrect answer ", "distractor")) {
            for (int i = 1; row.column(stem + i).isPresent(); i++) {
                var column = row.column(stem + i).orElseThrow();
                cells.add(new Cell(column, row.cells().get(column)));
            }
        }
        return cells;
    }

    /** The column names of a row, for messages. */
    static String columns(Row row) {
        return row.cells().isEmpty() ? "none" : String.join(", ", row.cells().keySet());
    }

    private static Optional<Cell> at(Row row, String path) {
        var whole = row.column(path);
        if (whole.isPresent()) {
            return whole.map(name -> new Cell(name, row.cells().get(name)));
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        return row.column(path.substring(0, dot))
                .map(name ->
                        row.cells().get(name).at("/" + path.substring(dot + 1).replace('.', '/')))
                .filter(value -> !value.isMissingNode())
                .map(value -> new Cell(path, value));
    }
}
