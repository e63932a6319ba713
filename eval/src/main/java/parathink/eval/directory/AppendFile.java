package parathink.eval.directory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The end of a file that grows by whole lines. Each line is one write, handed to the operating system before the call
 * returns: it survives the death of this process, not the loss of power. A line that could be written only in part (a full
 * disk) is taken back. Not thread-safe; closed by {@link Results}.
 */
final class AppendFile implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file; // unlike a channel, not closed when a writing thread is interrupted
    private long end;
    private boolean torn;

    /** How the file is opened; a test may open one that fails. */
    interface Opening {
        RandomAccessFile open(Path path) throws IOException;
    }

    /** Opens the file, made if need be, and forgets what follows its last whole line. */
    AppendFile(Path path, long end, Opening opening) {
        this.path = path;
        this.end = end;
        try {
            this.file = opening.open(path);
            file.setLength(end);
            file.seek(end);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void append(Line line) {
        var bytes = line.bytes();
        try {
            if (torn) {
                takeBack(); // or this line would go on with half of another
            }
            torn = true;
            file.write(bytes);
            end += bytes.length;
            torn = false;
        } catch (IOException e) {
            try {
                takeBack();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw unwritable(e);
        }
    }

    private void takeBack() throws IOException {
        file.setLength(end);
        file.seek(end);
        torn = false;
    }

    private ResultsException unwritable(IOException e) {
        return new ResultsException(
                "%s: cannot be written (%s); what was written before is kept".formatted(path, e.getMessage()), e);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
