package parathink.datasets.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import parathink.datasets.DatasetException;

/** JSON Lines: one object a line, blank lines skipped. Split before it is parsed, so that a torn line is named rightly. */
final class JsonLines implements Rows {
    private static final ObjectReader LINE = Json.TREE.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final Bounded bytes;
    private int line;

    JsonLines(Path file, Bounded bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    @Override
    public Optional<Row> next() {
        try {
            while (true) {
                var text = readLine();
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                JsonNode value = LINE.readTree(text.get());
                if (!value.isMissingNode()) {
                    return Optional.of(Json.row(place(), value));
                }
            }
        } catch (JsonProcessingException e) {
            throw Json.broken(place(), e);
        } catch (NumberFormatException e) {
            throw Json.beyondNumbers(place(), e);
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be read on (%s)".formatted(place(), e.getMessage()), e);
        }
    }

    private String place() {
        return file + ": line " + line;
    }

    private Optional<byte[]> readLine() throws IOException {
        line++;
        bytes.nextPiece();
        int c = bytes.read();
        if (c < 0) {
            return Optional.empty();
        }
        var text = new ByteArrayOutputStream(1024);
        while (c >= 0 && c != '\n') {
            text.write(c);
            c = bytes.read();
        }
        return Optional.of(text.toByteArray());
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
