package parathink.datasets.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parathink.datasets.DatasetException;
import parathink.datasets.rows.RowFile;

/** Finds the files to import: the one that was named, or those of a folder as it was downloaded. */
final class SourceFiles {
    private static final int DEPTH = 6;
    private static final int SHOWN = 8;

    /** Files that lie beside the data in published folders and are none. */
    private static final Pattern ASIDE =
            Pattern.compile("dataset_infos?\\.json|readme.*|license.*|requirements.*|config.*\\.json");

    private static final Pattern SPLIT = Pattern.compile("(?<![a-z])(train|test|validation|valid|dev)(?![a-z])");

    private SourceFiles() {}

    /**
     * The files of a source, in the order of their names.
     *
     * @param wanted what the names of the right files have in them, where that is known
     */
    static List<Path> in(Path source, Optional<Pattern> wanted) {
        if (!Files.exists(source)) {
            throw new IllegalArgumentException(source + ": there is no such file or folder");
        }
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        var all = readable(source);
        var named = all.stream()
                .filter(file -> wanted.isPresent()
                        && wanted.get().matcher(name(source, file)).find())
                .toList();
        var files = named.isEmpty() ? all : named;
        if (files.isEmpty()) {
            throw DatasetException.unreadable("%s: no data file in this folder; one of %s is needed"
                    .formatted(source, String.join(", ", RowFile.ENDINGS)));
        }
        var splits = new TreeSet<String>();
        files.forEach(file -> {
            var split = SPLIT.matcher(name(source, file));
            splits.add(split.find() ? split.group() : "");
        });
        if (splits.size() > 1) {
            throw DatasetException.unreadable("%s: holds more than one split (%s%s); name the file to import"
                    .formatted(
                            source,
                            files.stream()
                                    .limit(SHOWN)
                                    .map(file -> source.relativize(file).toString())
                                    .collect(Collectors.joining(", ")),
                            files.size() > SHOWN ? ", …" : ""));
        }
        return files;
    }

    private static List<Path> readable(Path folder) {
        try (var files = Files.find(
                folder,
                DEPTH,
                (file, kind) -> kind.isRegularFile() && isData(folder, file),
                FileVisitOption.FOLLOW_LINKS)) {
            return files.sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw DatasetException.unreadable("%s: cannot be listed (%s)".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean isData(Path folder, Path file) {
        var hidden = false;
        for (var part : folder.relativize(file)) {
            hidden |= part.toString().startsWith(".");
        }
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !hidden && RowFile.readable(file) && !ASIDE.matcher(name).matches();
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/').toLowerCase(Locale.ROOT);
    }
}
