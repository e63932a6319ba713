package parathink.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Locale;

/** Standard output that tells a reader who left, as {@code head} does, from a disk that is full. Closed with the process. */
final class PipeOutput extends FilterOutputStream {
    private volatile boolean readerLeft;

    PipeOutput(FileDescriptor stream) {
        super(new FileOutputStream(stream));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            // the system has no other sign of it than these words
            readerLeft |=
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
            throw e;
        }
    }

    /** Whether whoever read the output has closed its end. */
    boolean readerLeft() {
        return readerLeft;
    }
}
