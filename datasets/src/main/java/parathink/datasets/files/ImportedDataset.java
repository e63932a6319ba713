package parathink.datasets.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetLoader;
import parathink.datasets.DatasetRequest;
import parathink.datasets.DatasetSetting;

/**
 * A dataset that lies in the data folder once it was imported.
 *
 * @param name its name, and that of its file
 * @param layout what is known of the copies it can be imported from
 * @param advice how to get it, for when it is not there
 */
public record ImportedDataset(String name, Layout layout, String advice) implements DatasetLoader {
    /** What can be set; the order of options only where the questions have some, as far as that is known. */
    public List<DatasetSetting> settings() {
        boolean options = layout.format().orElse(FormatName.CHOICE) == FormatName.CHOICE;
        return options ? List.of(Reading.SKIP, Reading.OPTIONS) : List.of(Reading.SKIP);
    }

    @Override
    public Dataset load(DatasetRequest request) {
        var reading = Reading.ofImported(request.settings(), settings());
        var file = file(request.dataFolder());
        if (!Files.exists(file)) {
            throw DatasetException.missing("%s is not in %s: %s".formatted(name, request.dataFolder(), advice));
        }
        var files = new ProblemFiles(name, List.of(file), new ProblemReader(Layout.OPEN, reading));
        var loaded = files.load(reading.skip(), request.limit());
        var record = ImportRecord.find(request.dataFolder(), name);
        if (record.isPresent() && !record.get().fingerprint().equals(loaded.fingerprint())) {
            throw DatasetException.unreadable(
                    "%s: changed since it was imported from %s; import it again with --replace"
                            .formatted(file, record.get().source()));
        }
        return new Dataset(name, loaded.problems(), loaded.remarks(), loaded.fingerprint());
    }

    /** Where its data lies in a data folder. */
    public Path file(Path dataFolder) {
        return dataFolder.resolve(name + ".jsonl");
    }
}
