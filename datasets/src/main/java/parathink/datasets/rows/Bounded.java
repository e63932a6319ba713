package parathink.datasets.rows;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of a data file that end in an exception instead of filling the memory: where one line, item or record is longer than
 * any real one, or where a packed file unpacks to more than any real one. Used by one thread; closed by whoever opened it.
 */
final class Bounded extends FilterInputStream {
    /** The most bytes of one line, item or record. */
    static final long LARGEST_PIECE = 64L << 20;

    private static final long ALWAYS_UNPACKED = 2 * LARGEST_PIECE;
    private static final long LARGEST_UNPACKED = 4L << 30;

    /** Text seldom packs better than 30 to 1; filler packs at 1000 to 1. */
    private static final long LARGEST_RATIO = 200;

    private final long largestTotal;
    private long piece;
    private long total;
    private long markedPiece;
    private long markedTotal;

    private Bounded(InputStream bytes, long largestTotal) {
        super(bytes);
        this.largestTotal = largestTotal;
    }

    /** A plain file; it may be as long as it is. */
    static Bounded plain(InputStream bytes) {
        return new Bounded(bytes, Long.MAX_VALUE);
    }

    /**
     * What a packed file unpacks to.
     *
     * @param packed the length of the file
     */
    static Bounded unpacked(InputStream bytes, long packed) {
        long sensible = Math.max(ALWAYS_UNPACKED, LARGEST_RATIO * Math.min(packed, LARGEST_UNPACKED));
        return new Bounded(bytes, Math.min(LARGEST_UNPACKED, sensible));
    }

    /** Begins the next line, item or record. */
    void nextPiece() {
        piece = 0;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            count(1);
        }
        return c;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        if (got > 0) {
            count(got);
        }
        return got;
    }

    private void count(int bytes) throws IOException {
        piece += bytes;
        total += bytes;
        if (piece > LARGEST_PIECE) {
            throw new IOException("longer than %d MiB; split it, or give each problem a line of its own"
                    .formatted(LARGEST_PIECE >> 20));
        }
        if (total > largestTotal) {
            throw new IOException(
                    "it unpacks to more than %d MiB, too much for its size; if it is no mistake, unpack it first"
                            .formatted(largestTotal >> 20));
        }
    }

    @Override
    public synchronized void mark(int limit) {
        super.mark(limit);
        markedPiece = piece;
        markedTotal = total;
    }

    @Override
    public synchronized void reset() throws IOException {
        super.reset();
        piece = markedPiece;
        total = markedTotal;
    }
}
