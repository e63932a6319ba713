package parathink.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A dataset that was imported into the data folder.
 *
 * @param advice what to do when it is not there
 */
record ImportedDataset(String name, String advice, AnswerFormats formats) implements DatasetLoader {
    /** The settings of every imported dataset. */
    static final List<DatasetSetting> SETTINGS = List.of(Reading.SKIP, Reading.OPTIONS);

    @Override
    public Dataset load(DatasetRequest request) {
        var reading = Reading.ofCatalogue(request.settings(), SETTINGS);
        var file = file(request.dataFolder(), name);
        if (!Files.exists(file)) {
            throw DatasetException.missing("%s is not in %s; %s".formatted(name, request.dataFolder(), advice));
        }
        var files = new ProblemFiles(name, List.of(file), new ProblemReader(Layout.OPEN, reading, formats));
        var loaded = files.load(reading.skip(), request.limit());
        var fingerprint = loaded.census().fingerprint();
        var record = ImportRecord.find(request.dataFolder(), name);
        if (record.isPresent() && !record.get().fingerprint().equals(fingerprint)) {
            throw DatasetException.unreadable(
                    "%s: changed since it was imported from %s; import it again with --replace"
                            .formatted(file, record.get().source()));
        }
        return new Dataset(name, loaded.problems(), loaded.census().remarks(), fingerprint);
    }

    static Path file(Path dataFolder, String name) {
        return dataFolder.resolve(name + ".jsonl");
    }
}
