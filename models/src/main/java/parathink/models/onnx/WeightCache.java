package parathink.models.onnx;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Weights as a numeric mode wants them, in files that later starts map. A file is written under another name and then renamed,
 * so that a process that is killed leaves no half of one, and of two that start at once the later one replaces a file by its
 * equal. A file that is damaged is written again. Nothing here is needed: where nothing can be written, {@link #open} gives
 * nothing and says so. Thread-safe.
 *
 * @param folder where the files lie
 * @param notes takes a line for the user
 */
public record WeightCache(Path folder, Consumer<String> notes) {
    private static final String ENDING = ".weights";
    private static final String UNFINISHED = ".part";
    private static final int SHOWN = 60; // characters of a model's name that go into a file's
    private static final long SPARE = 64 << 20; // bytes left free on the disk
    private static final Pattern WRITER = Pattern.compile(".*\\.([0-9]{1,18})\\.[^.]*\\" + UNFINISHED);

    /** How long an unfinished file may stand still while its writer runs, or seems to; and after that has ended. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final Duration ENDED = Duration.ofMinutes(1);

    /** The files below a cache folder. */
    public static WeightCache in(Path cacheFolder, Consumer<String> notes) {
        return new WeightCache(cacheFolder.resolve("weights"), notes);
    }

    /** The files that are there, by name; empty where there is no cache yet. */
    public List<CachedWeights> list() {
        var found = new ArrayList<CachedWeights>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                found.add(described(file));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new IllegalStateException("%s: cannot be read: %s".formatted(folder, e), e);
        }
        found.sort((one, other) -> one.file().compareTo(other.file()));
        return List.copyOf(found);
    }

    private static CachedWeights described(Path file) throws IOException {
        long bytes = Files.size(file);
        try {
            var about = ConstantsFile.about(file);
            return new CachedWeights(file, about.model(), about.mode(), bytes);
        } catch (IOException e) {
            return new CachedWeights(file, "damaged", "", bytes); // and written again when its model is opened
        }
    }

    /**
     * The constants of a graph, from an earlier start or worked out and kept now.
     *
     * @param about its key names all that the constants depend on
     * @return nothing where they cannot be kept
     */
    Optional<ConstantsFile> open(OnnxGraph graph, ConstantsFile.About about) {
        var file = folder.resolve(name(about));
        if (Files.isRegularFile(file)) {
            try {
                return Optional.of(ConstantsFile.open(file, about.key(), graph.constants()));
            } catch (IOException e) {
                notes.accept("%s: %s; it is written again".formatted(file, oneLine(e)));
            }
        }
        try {
            write(file, graph, about);
            return Optional.of(ConstantsFile.open(file, about.key(), graph.constants()));
        } catch (IOException e) {
            notes.accept("weights are not kept for the next start: %s: %s".formatted(folder, oneLine(e)));
            return Optional.empty();
        }
    }

    private static String name(ConstantsFile.About about) {
        var model = about.model().replaceAll("[^A-Za-z0-9._-]", "_");
        var shown = model.substring(0, Math.min(SHOWN, model.length()));
        return "%s-%s-%s%s".formatted(shown, about.mode(), about.key(), ENDING);
    }

    private void write(Path file, OnnxGraph graph, ConstantsFile.About about) throws IOException {
        Files.createDirectories(folder);
        removeAbandoned();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < graph.bytes() + SPARE) {
            throw new IOException("%d MiB are needed, %d MiB are free".formatted(graph.bytes() >> 20, free >> 20));
        }
        notes.accept("keeping %d MiB of weights for later starts in %s".formatted(graph.bytes() >> 20, folder));
        var part = Files.createTempFile(
                folder,
                "%s.%d.".formatted(file.getFileName(), ProcessHandle.current().pid()),
                UNFINISHED);
        try {
            ConstantsFile.write(part, graph, about);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Removes what processes that were killed have left. */
    private void removeAbandoned() throws IOException {
        var now = Instant.now();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (var file : files) {
                var patience = isWriterHere(file) ? ABANDONED : ENDED;
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(patience))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return; // another process has removed it
        }
    }

    /** Whether the process that writes a file runs; one in another container may be taken for one that has ended. */
    private static boolean isWriterHere(Path file) {
        var name = WRITER.matcher(file.getFileName().toString());
        return !name.matches()
                || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
    }

    private static String oneLine(IOException e) {
        return e.toString().replaceFirst("^[\\w.]*\\.(IOException: )?", "").replaceAll("\\s*\\R\\s*", " ");
    }
}
