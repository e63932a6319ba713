package parathink.datasets.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetLoader;
import parathink.datasets.DatasetRequest;

/** Any file of problems as a dataset; its settings can name the columns and the answer format. */
public record DatasetFile(Path file) implements DatasetLoader {
    @Override
    public Dataset load(DatasetRequest request) {
        if (Files.isDirectory(file)) {
            throw DatasetException.unreadable(
                    "%s is a folder: name a file in it, or bring it in with 'parathink import %s --as NAME'"
                            .formatted(file, file));
        }
        var name = file.getFileName().toString();
        var reading = Reading.ofFile(request.settings());
        var files = new ProblemFiles(stem(name), List.of(file), new ProblemReader(Layout.OPEN, reading));
        var loaded = files.load(reading.skip(), request.limit());
        return new Dataset(name, loaded.problems(), loaded.remarks(), loaded.fingerprint());
    }

    /** The name without its endings. */
    private static String stem(String name) {
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }
}
