package parathink.datasets.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.FieldAccessor;
import dev.hardwood.row.PqList;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import parathink.datasets.DatasetException;

/** A Parquet file; lists and structures become JSON lists and objects. */
final class ParquetRows implements Rows {
    /** Bytes; the file is held in memory, and no set of problems comes near. */
    private static final long LARGEST = 1L << 30;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /** Held, so that the level lasts: the reader tells of its choice of instructions, which is no concern of a run. */
    private static final Logger CHATTER = Logger.getLogger("dev.hardwood");

    static {
        CHATTER.setLevel(Level.WARNING);
    }

    private static final Set<CompressionCodec> CODECS =
            Set.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path file;
    private final ParquetFileReader reader;
    private final RowReader rows;
    private int row;

    private ParquetRows(Path file, ParquetFileReader reader, RowReader rows) {
        this.file = file;
        this.reader = reader;
        this.rows = rows;
    }

    static Rows open(Path file) throws IOException {
        refuseOthers(file);
        ParquetFileReader reader = null;
        try {
            // Not mapped: a file that another process cuts while it is read would end the whole program.
            reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(Files.readAllBytes(file))));
            refuseOtherCodecs(file, reader);
            return new ParquetRows(file, reader, reader.rowReader());
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) { // lengths in the file may lie
            if (reader != null) {
                reader.close();
            }
            throw damaged(file.toString(), e);
        }
    }

    private static void refuseOtherCodecs(Path file, ParquetFileReader reader) {
        for (var group : reader.getFileMetaData().rowGroups()) {
            for (var column : group.columns()) {
                var codec = column.metaData().codec();
                if (!CODECS.contains(codec)) {
                    throw DatasetException.unreadable(
                            "%s: compressed with %s, which is not read; write it again with SNAPPY"
                                    .formatted(file, codec));
                }
            }
        }
    }

    private static void refuseOthers(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() > LARGEST) {
                throw DatasetException.unreadable(
                        "%s: more than %d MiB; put it into several files".formatted(file, LARGEST >> 20));
            }
            var head = new byte[MAGIC.length];
            var tail = new byte[MAGIC.length];
            if (bytes.length() >= 3L * MAGIC.length) {
                bytes.readFully(head);
                bytes.seek(bytes.length() - MAGIC.length);
                bytes.readFully(tail);
            }
            if (!Arrays.equals(head, MAGIC)) {
                throw DatasetException.unreadable(file + ": not a Parquet file (it does not begin with 'PAR1')");
            }
            if (!Arrays.equals(tail, MAGIC)) {
                throw DatasetException.unreadable(
                        file + ": a Parquet file that is cut off (it does not end with 'PAR1')");
            }
        }
    }

    @Override
    public Optional<Row> next() {
        var place = file + ": row " + ++row;
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            rows.next();
            return Optional.of(new Row(place, cells(rows)));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            throw damaged(place, e);
        }
    }

    private static DatasetException damaged(String place, Throwable e) {
        if (e instanceof DatasetException known) {
            return known;
        }
        var cause = e; // the first cause says what is wrong, those around it only where in the reader
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return DatasetException.unreadable(
                "%s: the Parquet file cannot be read (%s)"
                        .formatted(place, reason.lines().findFirst().orElse("")),
                e);
    }

    private static Map<String, JsonNode> cells(FieldAccessor fields) {
        Map<String, JsonNode> cells = new LinkedHashMap<>();
        for (int i = 0; i < fields.getFieldCount(); i++) {
            var name = fields.getFieldName(i);
            cells.put(name, fields.isNull(name) ? NODES.nullNode() : node(fields.getValue(name)));
        }
        return cells;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            case Boolean flag -> NODES.booleanNode(flag);
            case byte[] bytes -> NODES.textNode(new String(bytes, StandardCharsets.UTF_8));
            case FieldAccessor struct -> NODES.objectNode().setAll(cells(struct));
            case PqList list -> {
                var array = NODES.arrayNode(list.size());
                for (int i = 0; i < list.size(); i++) {
                    array.add(list.isNull(i) ? NODES.nullNode() : node(list.get(i)));
                }
                yield array;
            }
            default -> NODES.textNode(value.toString()); // dates, times and identifiers, in their ISO forms
        };
    }

    @Override
    public void close() {
        rows.close();
        try {
            reader.close();
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
