package parathink.models.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Server-sent events of one answer, as bytes of their data. Read by one thread; closed by any, which ends the request and
 * wakes the reader.
 */
final class EventStream implements AutoCloseable {
    /** Longer than any event of an honest server: a token with twenty candidates takes about two kilobytes. */
    static final int LONGEST_LINE = 4 << 20;

    private final InputStream in;
    private final Silence silence;
    private final byte[] buffer = new byte[16 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
    private int from;
    private int to;
    private String lastId = "";

    EventStream(InputStream in, Silence silence) {
        this.in = in;
        this.silence = silence;
    }

    /**
     * The data of the next event; nothing at the end of the stream. An event with the id of the one before it is the same
     * event again, and left out; so is one that the stream ends in the middle of.
     */
    Optional<byte[]> next() throws IOException, Fault {
        var data = new ByteArrayOutputStream(0);
        var id = "";
        boolean any = false;
        while (readLine()) {
            var bytes = withoutReturn(line.toByteArray());
            if (bytes.length == 0) {
                if (any && (id.isEmpty() || !id.equals(lastId))) {
                    lastId = id;
                    return Optional.of(data.toByteArray());
                }
                data.reset();
                any = false;
            } else if (starts(bytes, "data:")) {
                if (any) {
                    data.write('\n');
                }
                int skip = bytes.length > 5 && bytes[5] == ' ' ? 6 : 5;
                data.write(bytes, skip, bytes.length - skip);
                any = true;
                if (data.size() > LONGEST_LINE) {
                    throw Fault.of(
                            Fault.Remedy.LOSE, "sent an event of more than %d MiB".formatted(LONGEST_LINE >> 20));
                }
            } else if (starts(bytes, "id:")) {
                id = new String(bytes, StandardCharsets.UTF_8).substring(3).strip();
            }
        }
        return Optional.empty(); // what no blank line has closed was cut off
    }

    /** Lines may end in CR LF, and a packet may end between the two. */
    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r' ? Arrays.copyOf(line, line.length - 1) : line;
    }

    /** The next line without its line feed; false at the end of the stream. */
    private boolean readLine() throws IOException, Fault {
        line.reset();
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, from, i - from);
                    from = i + 1;
                    silence.heard();
                    return true;
                }
            }
            line.write(buffer, from, to - from);
            from = 0;
            to = 0;
            if (line.size() > LONGEST_LINE) {
                throw Fault.of(Fault.Remedy.LOSE, "sent a line of more than %d MiB".formatted(LONGEST_LINE >> 20));
            }
            int read = in.read(buffer);
            if (read < 0) {
                return line.size() > 0;
            }
            to = read;
        }
    }

    private static boolean starts(byte[] bytes, String word) {
        if (bytes.length < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads on to the end, so that the connection can be used again, and no longer than a silence may last, whatever comes. All
     * that was wanted has been read: what goes wrong now is nobody's loss.
     */
    void drain() {
        silence.begin();
        try {
            while (next().isPresent()) {
                // not wanted
            }
        } catch (IOException | Fault e) {
            // the connection is closed and not used again
        }
    }

    Silence silence() {
        return silence;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // the request is over either way
        }
    }
}
