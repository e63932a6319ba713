package parathink.models.onnx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parathink.models.ModelException;

/**
 * Remembers the hash of large files, which takes seconds a gigabyte (0.2 to 0.4 GB/s were measured), for as long as their names, sizes and times are what they
 * were. Files that have changed within the last seconds are hashed and not remembered, because they could change once more
 * without a clock that shows it. Where nothing can be written, nothing is remembered. Thread-safe.
 *
 * @param folder where a small file lies for each set of files
 */
record KnownHashes(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** What tells whether a file is the one that was hashed; times in nanoseconds, {@code changed} that of its entry. */
    private record Seen(String path, long size, long modified, long changed, String identity) {}

    private record Known(List<Seen> files, String hash) {}

    /** The hashes below a cache folder. */
    static KnownHashes in(Path cacheFolder) {
        return new KnownHashes(cacheFolder.resolve("hashes"));
    }

    /** The hash of files one after the other, as {@link WeightsHash} has it. */
    String of(List<Path> files) {
        var begin = Instant.now();
        var seen = seen(files);
        var note =
                folder.resolve(WeightsHash.ofWords(seen.stream().map(Seen::path).toList()) + ".json");
        try {
            var known = JSON.readValue(Files.readAllBytes(note), Known.class);
            if (known.files.equals(seen)) {
                return known.hash;
            }
        } catch (IOException e) {
            // not known yet, or the note is damaged: either way the files tell
        }
        var hash = WeightsHash.of(files);
        if (seen.equals(seen(files)) && seen.stream().allMatch(file -> settled(file, begin))) {
            remember(note, new Known(seen, hash));
        }
        return hash;
    }

    private static boolean settled(Seen file, Instant begin) {
        var latest = Instant.EPOCH.plusNanos(Math.max(file.modified, file.changed));
        return latest.plus(SETTLED).isBefore(begin);
    }

    private static List<Seen> seen(List<Path> files) {
        var seen = new ArrayList<Seen>();
        for (var file : files) {
            try {
                var real = file.toRealPath();
                boolean unix =
                        real.getFileSystem().supportedFileAttributeViews().contains("unix");
                seen.add(new Seen(
                        real.toString(),
                        Files.size(real),
                        nanos(Files.getLastModifiedTime(real)),
                        unix ? nanos((FileTime) Files.getAttribute(real, "unix:ctime")) : 0,
                        unix ? Files.getAttribute(real, "unix:ino").toString() : ""));
            } catch (IOException e) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
            }
        }
        return List.copyOf(seen);
    }

    private static long nanos(FileTime time) {
        var instant = time.toInstant();
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private void remember(Path note, Known known) {
        try {
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, "hash", ".part");
            try {
                Files.write(part, JSON.writeValueAsBytes(known));
                Files.move(part, note, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // it is worked out again at the next start, which is slower and not wrong
        }
    }
}
