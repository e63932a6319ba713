package parathink.eval.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Keeps a second process off a run directory. The lock is the operating system's and dies with its process, so the file that
 * a killed run leaves behind holds nobody up; what it says is only there to name the owner. Closed by {@link Results}.
 *
 * <p>On POSIX systems a process loses its locks on a file when it closes any descriptor of it: the holder never opens the
 * file a second time, and a refused second opening in the same process costs the first its protection from other processes.
 */
final class DirectoryLock implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DirectoryLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        var path = directory.resolve(".lock");
        try {
            while (true) {
                var before = key(path);
                var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                try {
                    lock(channel, path);
                    if (before.isPresent() && before.equals(key(path))) {
                        name(channel);
                        return new DirectoryLock(path, channel);
                    }
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
                channel.close(); // just made, or deleted by its owner before we had it: look again
            }
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: cannot be locked (%s); use a folder that you may write to, on a file system with locks"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    /** What tells this file from another of the same name, found without opening it. */
    private static Optional<Object> key(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(Optional.ofNullable(attributes.fileKey()).orElse(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(path, e);
        }
        throw inUse(path, null);
    }

    private static ResultsException inUse(Path path, Throwable cause) throws IOException {
        var owner = Files.readString(path, StandardCharsets.UTF_8).strip();
        return new ResultsException(
                "%s: in use by process %s; wait until it ends, or choose another folder with --out"
                        .formatted(path.getParent(), owner),
                cause);
    }

    private static void name(FileChannel channel) throws IOException {
        var owner = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
    }
}
