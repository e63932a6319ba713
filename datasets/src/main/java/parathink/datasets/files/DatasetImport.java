package parathink.datasets.files;

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
import parathink.datasets.DatasetException;

/**
 * Brings a file or folder in any supported layout into the data folder, as JSON Lines in one layout and a record of what
 * was read. Nothing is left behind when it fails; a reader meets the old data or the new, never half of either.
 */
public final class DatasetImport {
    private final ImportedDataset target;
    private final Path dataFolder;

    /**
     * @param target the dataset to fill
     * @param dataFolder where imported datasets lie; made when it is not there
     */
    public DatasetImport(ImportedDataset target, Path dataFolder) {
        this.target = target;
        this.dataFolder = dataFolder;
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
     * Reads the source, writes it, reads it again, and only then puts it into its place.
     *
     * @param source a file, or a folder as it was downloaded
     * @param columns column names by role, such as {@code problem} to {@code Question}, for those that are not found out;
     *     {@code format} leads to the name of an answer format instead
     * @param replace whether other data under the same name may be overwritten
     * @throws DatasetException when the source cannot be read or the data folder cannot be written
     * @throws IllegalArgumentException when a role, a column or the source's name cannot be used, or other data is there
     */
    public Imported load(Path source, Map<String, String> columns, boolean replace) {
        var reading = Reading.ofImport(columns);
        var files = SourceFiles.in(source, target.layout().files());
        var problems = new ProblemFiles(target.name(), files, new ProblemReader(target.layout(), reading));
        var read = problems.load(0, 1);
        try {
            Files.createDirectories(dataFolder);
            // Not by createTempFile, whose files only their owner may read: a data folder may be shared.
            var unfinished =
                    ".%s-%d".formatted(target.name(), ProcessHandle.current().pid());
            var written = dataFolder.resolve(unfinished + ".jsonl");
            var noted = dataFolder.resolve(unfinished + ".json");
            try {
                write(problems, read, written);
                var record = record(source, files, columns, read, readBack(written, read));
                Files.writeString(noted, record.json());
                if (!replace) {
                    refuseOther(record);
                }
                force(written);
                force(noted);
                Files.move(written, target.file(dataFolder), StandardCopyOption.ATOMIC_MOVE);
                Files.move(noted, ImportRecord.file(dataFolder, target.name()), StandardCopyOption.ATOMIC_MOVE);
                return new Imported(record, target.file(dataFolder), remarks(read));
            } finally {
                Files.deleteIfExists(written);
                Files.deleteIfExists(noted);
            }
        } catch (IOException | UncheckedIOException e) {
            throw DatasetException.unreadable(
                    "%s: %s cannot be written there (%s)".formatted(dataFolder, target.name(), e.getMessage()), e);
        }
    }

    private static void write(ProblemFiles problems, ProblemFiles.Loaded read, Path file) throws IOException {
        try (var lines = Files.newBufferedWriter(file)) {
            problems.forEach(draft -> {
                try {
                    lines.write(ProblemWriter.line(draft.named(read.idOf(draft))));
                    lines.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private ProblemFiles.Loaded readBack(Path written, ProblemFiles.Loaded read) {
        var reader = new ProblemReader(Layout.OPEN, Reading.ofImported(Map.of(), List.of()));
        var back = new ProblemFiles(target.name(), List.of(written), reader).load(0, 1);
        if (back.rows() != read.rows()) {
            throw new IllegalStateException("%d problems were read and %d written".formatted(read.rows(), back.rows()));
        }
        return back;
    }

    private ImportRecord record(
            Path source,
            List<Path> files,
            Map<String, String> columns,
            ProblemFiles.Loaded read,
            ProblemFiles.Loaded back) {
        return new ImportRecord(
                target.name(),
                String.valueOf(source.toAbsolutePath().normalize().getFileName()),
                files.stream().map(file -> file.getFileName().toString()).toList(),
                read.rows(),
                read.leftOut(),
                read.duplicates(),
                read.conflicts(),
                back.fingerprint(),
                columns);
    }

    private void refuseOther(ImportRecord record) {
        if (!Files.exists(target.file(dataFolder))) {
            return;
        }
        var there = ImportRecord.find(dataFolder, target.name());
        if (there.isEmpty() || !there.get().fingerprint().equals(record.fingerprint())) {
            throw new IllegalArgumentException("%s holds other data already (%s); --replace overwrites it"
                    .formatted(
                            target.file(dataFolder),
                            there.map(old -> "%d problems from %s".formatted(old.rows(), old.source()))
                                    .orElse("without a record of its source")));
        }
    }

    private List<String> remarks(ProblemFiles.Loaded read) {
        var remarks = new ArrayList<>(read.remarks());
        if (read.leftOut() > 0) {
            remarks.add("left out %d %s of other years' contests"
                    .formatted(read.leftOut(), read.leftOut() == 1 ? "row" : "rows"));
        }
        var expected = target.layout().rows();
        if (expected.isPresent() && expected.getAsInt() != read.rows()) {
            remarks.add("a whole %s has %d problems, this copy has %d"
                    .formatted(target.name(), expected.getAsInt(), read.rows()));
        }
        return remarks;
    }

    /** So that a power cut after the rename cannot leave an empty file under the final name. */
    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
