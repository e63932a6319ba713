package parathink.eval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Keeps a second process off a run directory. The lock is the operating system's and dies with its process, so the file that
 * a killed run leaves behind holds nobody up; what it says is only there to name the owner. Closed by {@link Results}.
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
        while (true) {
            try {
                var channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                try {
                    if (tryLock(channel, path) && isStillThere(channel, path)) {
                        return new DirectoryLock(path, channel);
                    }
                    channel.close();
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new ResultsException(
                        "%s: cannot be locked (%s); use a folder that you may write to, on a file system with locks"
                                .formatted(path, e),
                        e);
            }
        }
    }

    private static boolean tryLock(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return true;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(path, e);
        }
        throw inUse(path, null);
    }

    private static ResultsException inUse(Path path, Throwable cause) throws IOException {
        var owner = Files.readString(path, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("unknown");
        return new ResultsException(
                "%s: in use by process %s; wait until it ends, or choose another folder with --out"
                        .formatted(path.getParent(), owner),
                cause);
    }

    /** The owner before us may have deleted the file between our opening and our locking it: then the lock is on nothing. */
    private static boolean isStillThere(FileChannel channel, Path path) throws IOException {
        var mark = ProcessHandle.current().pid() + "\n" + UUID.randomUUID() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
        return Files.exists(path)
                && Files.readString(path, StandardCharsets.UTF_8).equals(mark);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
    }
}
