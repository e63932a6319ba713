package parathink.datasets.rows;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import parathink.datasets.DatasetException;

/** Opens files of rows by their endings. */
public final class RowFile {
    /** The endings of the files that can be read; the text ones may carry a further {@code .gz}. */
    public static final List<String> ENDINGS =
            List.of(".jsonl", ".ndjson", ".json", ".txt", ".csv", ".tsv", ".parquet");

    private RowFile() {}

    /** Whether the name of a file says that it holds rows. */
    public static boolean readable(Path file) {
        return ENDINGS.contains(ending(file));
    }

    /**
     * Opens a file as its ending says.
     *
     * @throws DatasetException when it cannot be read or is not what its ending says
     */
    public static Rows open(Path file) {
        try {
            refuseStandIns(file);
            return switch (ending(file)) {
                case ".jsonl", ".ndjson" -> Json.openLines(file);
                case ".json", ".txt" -> Json.openAny(file);
                case ".csv" -> CsvRows.open(file, ',');
                case ".tsv" -> CsvRows.open(file, '\t');
                case ".parquet" -> ParquetRows.open(file);
                default ->
                    throw DatasetException.unreadable("%s: unknown kind of file; one of %s is needed"
                            .formatted(file, String.join(", ", ENDINGS)));
            };
        } catch (IOException e) {
            throw DatasetException.unreadable("%s: cannot be read (%s)".formatted(file, reason(e)), e);
        }
    }

    private static String ending(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - 3);
            return name.endsWith(".parquet") ? ".gz" : name.substring(Math.max(0, name.lastIndexOf('.')));
        }
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    /** The bytes of a text file, unpacked; whoever opens them closes them. */
    static Bounded text(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return Bounded.plain(new BufferedInputStream(bytes, 1 << 16));
        }
        try {
            var unpacked = new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16);
            return Bounded.unpacked(unpacked, Files.size(file));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** A clone of a hub repository without its large files has small texts in their places. */
    private static void refuseStandIns(Path file) throws IOException {
        var mark = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);
        try (var bytes = Files.newInputStream(file)) {
            if (Arrays.equals(bytes.readNBytes(mark.length), mark)) {
                throw DatasetException.unreadable(
                        file + ": only the stand-in of a large file, not the data; fetch it with 'git lfs pull'");
            }
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "no permission";
            default ->
                e.getMessage() == null
                        ? e.getClass().getSimpleName()
                        : e.getMessage().lines().findFirst().orElse("");
        };
    }
}
