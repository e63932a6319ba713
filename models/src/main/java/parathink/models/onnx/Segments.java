package parathink.models.onnx;

import java.util.Arrays;

/** The segment of each token in a cache: the thought that it belongs to, 0 for none. Not thread-safe. */
final class Segments {
    private static final int NEVER = -1;

    private byte[] segments = new byte[0];
    private int length;
    private int joinedAt = NEVER; // the length at which caches were joined: what follows belongs to no thought

    /** The segment that the next token continues unless it opens another. */
    int last() {
        return length == 0 || length == joinedAt ? 0 : segments[length - 1];
    }

    void add(int segment) {
        reserve(1);
        segments[length++] = (byte) segment;
    }

    /** Adds those of another cache from a token on. */
    void addFrom(Segments other, int from) {
        reserve(other.length - from);
        if (other.joinedAt >= from) {
            joinedAt = length + other.joinedAt - from;
        }
        System.arraycopy(other.segments, from, segments, length, other.length - from);
        length += other.length - from;
    }

    /** Ends every thought. */
    void join() {
        joinedAt = length;
    }

    void truncate(int tokens) {
        length = tokens;
        if (joinedAt > length) {
            joinedAt = NEVER;
        }
    }

    private void reserve(int more) {
        if (length + more > segments.length) {
            segments = Arrays.copyOf(segments, Math.max(2 * segments.length, length + more));
        }
    }
}
