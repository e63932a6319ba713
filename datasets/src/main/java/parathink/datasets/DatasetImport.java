package parathink.datasets;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Brings a file or folder in any supported layout into the data folder, as JSON Lines in one layout and a record of what
 * was read. Nothing is left behind when it fails; a reader sees the old data or the new, never half of it.
 */
public final class DatasetImport {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private final Path dataFolder;
    private final AnswerFormats formats;

    /** @param dataFolder where imported datasets lie; made when it is not there */
    public DatasetImport(Path dataFolder) {
        this(dataFolder, new RealFormats());
    }

    DatasetImport(Path dataFolder, AnswerFormats formats) {
        this.dataFolder = dataFolder;
        this.formats = formats;
    }

    /**
     * What came in.
     *
     * @param file where the data lies now
     * @param remarks what was noticed, one sentence each
     */
    public record Imported(ImportRecord record, Path file, List<String> remarks) {
        public Imported {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Imports a dataset.
     *
     * @param source a file, or a folder as downloaded
     * @param name a local dataset of the catalogue, or a new name
     * @param columns column names by role, such as {@code problem} to {@code Question}, and {@code format} to the name of
     *     an answer format, for what is not found out
     * @param replace whether an import of the same name with other content may be overwritten
     * @throws DatasetException when the source cannot be read or the data folder cannot be written
     * @throws IllegalArgumentException when the name, a role or a column cannot be used
     */
    public Imported load(Path source, String name, Map<String, String> columns, boolean replace) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a dataset's name has small letters, digits, '.', '_' and '-' only, got '%s'".formatted(name));
        }
        var layout = LocalDatasets.layout(name);
        var reading = Reading.ofImport(columns);
        var files = SourceFiles.in(source, layout.files());
        var reader = new ProblemReader(layout, reading, formats);
        var problems = new ProblemFiles(name, files, reader);
        var census = problems.load(0, 1).census();
        try {
            Files.createDirectories(dataFolder);
            var temporary = Files.createTempFile(dataFolder, "." + name + "-", ".jsonl");
            try {
                write(problems, census, temporary);
                return install(temporary, name, replace, reading, source, files, census, reader.leftOut());
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw DatasetException.unreadable(
                    "%s: the dataset cannot be written there (%s)".formatted(dataFolder, e.getMessage()), e);
        }
    }
}
