package parathink.datasets.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a data file.
 *
 * @param place the file and the line, item or row in it, for messages
 * @param cells by column name, in the order of the file
 */
public record Row(String place, Map<String, JsonNode> cells) {
    public Row {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /**
     * The name under which the file has a column: as asked, else without regard to case, blanks, {@code _} and
     * {@code -}.
     */
    public Optional<String> column(String name) {
        if (cells.containsKey(name)) {
            return Optional.of(name);
        }
        var key = key(name);
        return cells.keySet().stream().filter(column -> key(column).equals(key)).findFirst();
    }

    /** The column names, for messages. */
    public Collection<String> columns() {
        return cells.keySet();
    }

    private static String key(String name) {
        var key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && !Character.isWhitespace(c)) {
                key.append(c);
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }
}
