package parathink.datasets.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.datasets.DatasetException;

/** The objects of one JSON array, parsed one by one. */
final class JsonArray implements Rows {
    private final Path file;
    private final Bounded bytes;
    private final JsonParser parser;
    private int item;

    private JsonArray(Path file, Bounded bytes, JsonParser parser) {
        this.file = file;
        this.bytes = bytes;
        this.parser = parser;
    }

    static Rows stream(Path file, Bounded bytes) throws IOException {
        var parser = Json.TREE.createParser(bytes);
        parser.nextToken(); // the opening bracket, which was seen already
        return new JsonArray(file, bytes, parser);
    }

    /** Items that were parsed with what surrounds them. */
    static Rows of(Path file, List<JsonNode> items) {
        return new Items(file, items.iterator());
    }

    @Override
    public Optional<Row> next() {
        var place = file + ": item " + ++item;
        bytes.nextPiece();
        try {
            var token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                refuseMore();
                return Optional.empty();
            }
            if (token == null) {
                throw DatasetException.unreadable(place + ": the file ends before the closing ']'");
            }
            JsonNode value = Json.TREE.readTree(parser);
            return Optional.of(Json.row(place, value));
        } catch (JsonProcessingException e) {
            throw Json.broken(
                    place
                            + Json.line(e).stream()
                                    .mapToObj(" (line %d)"::formatted)
                                    .collect(Collectors.joining()),
                    e);
        } catch (NumberFormatException e) {
            throw Json.beyondNumbers(place, e);
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be read on (%s)".formatted(place, e.getMessage()), e);
        }
    }

    private void refuseMore() throws IOException {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JsonProcessingException e) {
            throw afterTheEnd(Json.line(e).orElse(parser.currentTokenLocation().getLineNr()));
        }
        throw afterTheEnd(parser.currentTokenLocation().getLineNr());
    }

    private DatasetException afterTheEnd(int line) {
        return DatasetException.unreadable(
                "%s: line %d: something follows the closing ']'; a file may hold one array, so join them in one"
                        .formatted(file, line));
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
        }
    }

    private static final class Items implements Rows {
        private final Path file;
        private final Iterator<JsonNode> items;
        private int item;

        Items(Path file, Iterator<JsonNode> items) {
            this.file = file;
            this.items = items;
        }

        @Override
        public Optional<Row> next() {
            item++;
            return items.hasNext() ? Optional.of(Json.row(file + ": item " + item, items.next())) : Optional.empty();
        }

        @Override
        public void close() {}
    }
}
