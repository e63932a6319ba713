package parathink.datasets.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One row of a data file. Immutable. */
public final class Row {
    private final String place;
    private final Map<String, JsonNode> cells;
    private final Map<String, String> columns = new HashMap<>();

    /**
     * @param place the file and the line, item or row in it, for messages
     * @param cells by column name, in the order of the file
     */
    public Row(String place, Map<String, JsonNode> cells) {
        this.place = place;
        this.cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        this.cells.keySet().forEach(column -> columns.putIfAbsent(key(column), column));
    }

    public String place() {
        return place;
    }

    public Map<String, JsonNode> cells() {
        return cells;
    }

    /**
     * The name under which the file has a column: as asked, else without regard to case, blanks, {@code _} and
     * {@code -}.
     */
    public Optional<String> column(String name) {
        return cells.containsKey(name) ? Optional.of(name) : Optional.ofNullable(columns.get(key(name)));
    }

    private static String key(String name) {
        var key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && !Character.isWhitespace(c)) {
                key.append(Character.toLowerCase(c));
            }
        }
        return key.toString();
    }
}
