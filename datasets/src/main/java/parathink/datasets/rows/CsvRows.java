package parathink.datasets.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import parathink.datasets.DatasetException;

/** CSV with a header: quoted cells may hold line breaks; a byte order mark is skipped. All cells are text. */
final class CsvRows implements Rows {
    private final Path file;
    private final Bounded bytes;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;

    private CsvRows(Path file, Bounded bytes, CSVParser parser) {
        this.file = file;
        this.bytes = bytes;
        this.parser = parser;
        this.records = parser.iterator();
        this.header = parser.getHeaderNames();
    }

    static Rows open(Path file, char delimiter) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = RowFile.text(file);
        var text = new BufferedReader(new InputStreamReader(bytes, decoder));
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                .get();
        try {
            return new CsvRows(
                    file,
                    bytes,
                    CSVParser.builder().setReader(text).setFormat(format).get());
        } catch (IllegalArgumentException e) {
            text.close();
            // names may have line ends in them, and the library goes on with advice on its own settings
            var reason = e.getMessage().replaceAll("\\s+", " ").replaceFirst(" If this is valid.*", "");
            throw DatasetException.unreadable("%s: line 1: %s".formatted(file, reason), e);
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    @Override
    public Optional<Row> next() {
        var place = file + ": line " + (parser.getCurrentLineNumber() + 1);
        bytes.nextPiece();
        try {
            return records.hasNext() ? Optional.of(row(place, records.next())) : Optional.empty();
        } catch (UncheckedIOException e) {
            var reason = switch (e.getCause()) {
                case CharacterCodingException _ -> "this or a later line is not UTF-8";
                case CSVException _ -> "a quoted cell is not closed or has text after its closing quote";
                default -> "cannot be read on (%s)".formatted(e.getCause().getMessage());
            };
            throw DatasetException.unreadable(place + ": " + reason, e);
        }
    }

    private Row row(String place, CSVRecord cells) {
        if (cells.size() != header.size()) {
            throw DatasetException.unreadable(
                    "%s: %d cells where the header names %d columns".formatted(place, cells.size(), header.size()));
        }
        Map<String, JsonNode> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            row.put(header.get(i), TextNode.valueOf(cells.get(i)));
        }
        return new Row(place, row);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
