package parathink.datasets.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import parathink.datasets.DatasetException;

/** How JSON is read here, and which layout a JSON file has: an array, an object around a list, or JSON Lines. */
final class Json {
    /** As lenient as the files in the wild: not-a-number and infinities occur; decimals keep their digits. */
    static final ObjectReader TREE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength((int) Bounded.LARGEST_PIECE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private static final int LOOK_AHEAD = 1 << 13;

    private Json() {}

    /** Opens a file that should hold JSON Lines; an array is taken too. */
    static Rows openLines(Path file) throws IOException {
        var bytes = RowFile.text(file);
        return first(bytes) == '[' ? JsonArray.stream(file, bytes) : new JsonLines(file, bytes);
    }

    /** Opens a file that may have any of the layouts. */
    static Rows openAny(Path file) throws IOException {
        var bytes = RowFile.text(file);
        return switch (first(bytes)) {
            case '[' -> JsonArray.stream(file, bytes);
            case '{' -> openObjects(file, bytes);
            case -1 -> new JsonLines(file, bytes);
            default -> {
                bytes.close();
                throw DatasetException.unreadable(file + ": neither JSON nor JSON Lines, which begin with '{' or '['");
            }
        };
    }

    /** The first object is read whole: another one after it means JSON Lines, a list in it means a wrapper. */
    private static Rows openObjects(Path file, Bounded bytes) throws IOException {
        try (var parser = TREE.createParser(bytes)) {
            JsonNode first = TREE.readTree(parser);
            if (parser.nextToken() == null) {
                return JsonArray.of(file, items(file, first));
            }
        } catch (JsonProcessingException e) {
            throw broken(line(e).isPresent() ? "%s: line %d".formatted(file, line(e).getAsInt()) : file.toString(), e);
        } catch (NumberFormatException e) {
            throw beyondNumbers(file.toString(), e);
        }
        return new JsonLines(file, RowFile.text(file));
    }

    private static List<JsonNode> items(Path file, JsonNode object) {
        var lists = new ArrayList<String>();
        for (var field : object.properties()) {
            if (field.getValue().isArray() && field.getValue().path(0).isObject()) {
                lists.add(field.getKey());
            }
        }
        if (lists.size() > 1) {
            throw DatasetException.unreadable("%s: holds several lists (%s); put the one to use into a file of its own"
                    .formatted(file, String.join(", ", lists)));
        }
        var items = new ArrayList<JsonNode>();
        if (lists.isEmpty()) {
            items.add(object);
        } else {
            object.get(lists.getFirst()).forEach(items::add);
        }
        return items;
    }

    private static int first(Bounded bytes) throws IOException {
        bytes.mark(LOOK_AHEAD);
        int c = -1;
        for (int i = 0; i < LOOK_AHEAD; i++) {
            c = bytes.read();
            boolean mark = i < 3 && (c == 0xef || c == 0xbb || c == 0xbf);
            if (!mark && c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                break;
            }
        }
        bytes.reset();
        return c;
    }

    /** A value as a row; the rows of a hub's row server come wrapped in an object of their own. */
    static Row row(String place, JsonNode value) {
        if (!value.isObject()) {
            throw DatasetException.unreadable(place + ": a JSON object was expected, such as {\"problem\": …}");
        }
        var object = value.has("row_idx") && value.path("row").isObject() ? value.get("row") : value;
        Map<String, JsonNode> cells = new LinkedHashMap<>();
        object.properties().forEach(field -> cells.put(field.getKey(), field.getValue()));
        return new Row(place, cells);
    }

    /** Where the text is broken; a parser that meets one of its own limits, such as on depth, tells no place. */
    static OptionalInt line(JsonProcessingException e) {
        return e.getLocation() == null
                ? OptionalInt.empty()
                : OptionalInt.of(e.getLocation().getLineNr());
    }

    /** The parser's own words are of its classes. */
    static DatasetException beyondNumbers(String place, NumberFormatException e) {
        return DatasetException.unreadable(place + ": a number has an exponent beyond any that can be read", e);
    }

    static DatasetException broken(String place, JsonProcessingException e) {
        var reason = e.getOriginalMessage().lines().findFirst().orElse("broken");
        return DatasetException.unreadable("%s: not a whole JSON value (%s)".formatted(place, reason), e);
    }
}
