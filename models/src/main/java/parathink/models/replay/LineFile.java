package parathink.models.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import parathink.models.ModelException;

/**
 * The lines of a file, read once from its beginning and then by their places. A packed file is unpacked into a temporary one,
 * which is gone when this is closed. Closed by the pool that owns it; lines by place may be read from any thread.
 */
final class LineFile implements AutoCloseable {
    /** The most bytes of one line. */
    static final int LONGEST_LINE = 64 << 20;

    private static final int CHUNK = 1 << 18;

    /** Text seldom packs better than 30 to 1, answers alone somewhat better; filler packs at 1000 to 1. */
    private static final long LARGEST_RATIO = 200;

    private static final long ALWAYS_UNPACKED = 1L << 30;

    private final Path file;
    private FileChannel lines;
    private String fingerprint = "";

    /** Takes one line without its line feed; only for the time of the call. */
    interface Reader {
        void line(byte[] bytes, int start, int length, long offset, int number);
    }

    private LineFile(Path file) {
        this.file = file;
    }

    /**
     * Opens a file and reads every line of it. Blank lines are skipped and counted.
     *
     * @throws ModelException when it cannot be read, is no UTF-8 or holds a line that the reader refuses with an
     *     {@link IllegalArgumentException}
     */
    static LineFile read(Path file, Reader reader) {
        var lines = new LineFile(file);
        try {
            lines.readAll(reader);
            return lines;
        } catch (IOException e) {
            lines.close();
            throw unusable("%s: %s".formatted(file, reason(e)), e);
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ ->
                "there is no such file; a pool is a .jsonl or .jsonl.gz file, or a run directory";
            case AccessDeniedException _ -> "no permission to read it";
            case EOFException _ -> "the packed file ends early; fetch or write it again";
            case ZipException broken ->
                "it is no whole gzip file (%s); fetch or write it again".formatted(broken.getMessage());
            default -> "cannot be read (%s)".formatted(e.getMessage());
        };
    }

    private void readAll(Reader reader) throws IOException {
        var digest = sha256();
        boolean packed = file.getFileName().toString().endsWith(".gz");
        try (var raw = new DigestInputStream(Files.newInputStream(file), digest)) {
            if (packed) {
                var unpacked = Files.createTempFile("parathink-pool", ".jsonl");
                lines = FileChannel.open(
                        unpacked,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                long most = Math.max(ALWAYS_UNPACKED, LARGEST_RATIO * Files.size(file));
                try (var text = new GZIPInputStream(raw, CHUNK)) { // its inflater holds native memory
                    split(text, Channels.newOutputStream(lines), most, reader);
                }
            } else {
                lines = FileChannel.open(file, StandardOpenOption.READ);
                split(raw, OutputStream.nullOutputStream(), Long.MAX_VALUE, reader);
            }
        }
        fingerprint = HexFormat.of().formatHex(digest.digest());
    }

    private void split(InputStream in, OutputStream copy, long most, Reader reader) throws IOException {
        var buffer = new byte[CHUNK];
        int filled = 0;
        long offset = 0; // of the buffer's first byte
        int number = 0;
        for (int got = in.read(buffer, 0, CHUNK); got >= 0; got = in.read(buffer, filled, buffer.length - filled)) {
            copy.write(buffer, filled, got);
            int scanned = filled;
            filled += got;
            if (number == 0 && scanned == 0) {
                refuseOtherEncodings(buffer, filled);
            }
            int start = 0;
            for (int i = scanned; i < filled; i++) {
                if (buffer[i] == '\n') {
                    accept(reader, buffer, start, i - start, offset + start, ++number);
                    start = i + 1;
                }
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            offset += start;
            filled -= start;
            if (offset + filled > most) {
                throw new IOException(
                        "it unpacks to more than %d MiB, too much for its size; if it is no mistake, unpack"
                                        .formatted(most >> 20)
                                + " it first");
            }
            if (filled == buffer.length) {
                if (filled >= LONGEST_LINE) {
                    throw new IOException("line %d is longer than %d MiB".formatted(number + 1, LONGEST_LINE >> 20));
                }
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
        }
        if (filled > 0) {
            accept(reader, buffer, 0, filled, offset, number + 1);
        }
    }

    private void refuseOtherEncodings(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, 4); i++) {
            if (bytes[i] == 0 || bytes[i] == (byte) 0xff || bytes[i] == (byte) 0xfe) {
                throw unusable("%s: line 1: not UTF-8; convert the file, such as with iconv -f UTF-16 -t UTF-8"
                        .formatted(file));
            }
        }
    }

    private void accept(Reader reader, byte[] bytes, int start, int length, long offset, int number) {
        int from = start;
        int end = start + length;
        if (number == 1 && length >= 3 && bytes[start] == (byte) 0xef && bytes[start + 1] == (byte) 0xbb) {
            from += 3; // the mark that some programs put before UTF-8
        }
        while (from < end && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        if (from == end) {
            return;
        }
        try {
            reader.line(bytes, from, end - from, offset + from - start, number);
        } catch (IllegalArgumentException e) {
            throw unusable("%s: line %d: %s".formatted(file, number, e.getMessage()), e);
        }
    }

    /** The bytes of a stretch of lines. */
    byte[] bytes(long offset, int length) {
        var bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (lines.read(bytes, offset + bytes.position()) < 0) {
                    throw new ModelException(
                            ModelException.Kind.UNUSABLE, "%s: became shorter while it was in use".formatted(file));
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.FAILED, "%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /** SHA-256 of the file as it lies there. */
    String fingerprint() {
        return fingerprint;
    }

    @Override
    public void close() {
        if (lines == null) {
            return;
        }
        try {
            lines.close();
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.FAILED, "%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static ModelException unusable(String message) {
        return new ModelException(ModelException.Kind.UNUSABLE, message);
    }

    private static ModelException unusable(String message, Exception cause) {
        return new ModelException(ModelException.Kind.UNUSABLE, message, cause);
    }
}
