package parathink.eval.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of JSON objects, one a line, read once from its beginning; a last line without its line feed is torn and left out. */
record LineFile(Path path) {
    private static final int CHUNK = 1 << 18;

    /** Takes one whole line. */
    interface Reader {
        void line(Json line, long offset, int length);
    }

    /**
     * Reads every whole line.
     *
     * @return the length of the file up to the end of its last whole line
     * @throws ResultsException for a line that the reader or the JSON parser refuses, naming file and line
     */
    long read(Reader reader) {
        try (var in = Files.newInputStream(path)) {
            var buffer = new byte[CHUNK];
            int filled = 0;
            long offset = 0;
            int number = 0;
            for (int got = in.read(buffer, 0, CHUNK); got >= 0; got = in.read(buffer, filled, buffer.length - filled)) {
                int scanned = filled;
                filled += got;
                int start = 0;
                for (int i = scanned; i < filled; i++) {
                    if (buffer[i] == '\n') {
                        number++;
                        accept(reader, buffer, start, i - start, offset + start, number);
                        start = i + 1;
                    }
                }
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                offset += start;
                filled -= start;
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, buffer.length));
                }
            }
            return offset;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be read (%s)".formatted(path, e.getMessage()), e);
        }
    }

    private void accept(Reader reader, byte[] bytes, int start, int length, long offset, int number) {
        try {
            reader.line(Json.parse(bytes, start, length), offset, length + 1);
        } catch (IllegalArgumentException e) {
            throw new ResultsException(
                    "%s line %d: %s; remove the line, or start the run afresh in another folder"
                            .formatted(path, number, e.getMessage()),
                    e);
        }
    }
}
