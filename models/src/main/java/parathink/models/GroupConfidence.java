package parathink.models;

/** The mean confidence of the last tokens of a sequence, as it grows. Used by one thread. */
public final class GroupConfidence {
    private static final double SCALE = 1e9;
    private static final double EXACT = 0x1p53; // whole numbers below this are exact

    private final double[] last; // a ring
    private double sum;
    private int size;
    private int next;

    /**
     * No token yet.
     *
     * @param window tokens in a group, at least 1
     */
    public GroupConfidence(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("a group needs at least one token, got " + window);
        }
        last = new double[window];
    }

    /** Takes the next token in and, when the group is full, its first one out. */
    public void add(double confidence) {
        sum += confidence - last[next];
        last[next] = confidence;
        next = (next + 1) % last.length;
        size = Math.min(size + 1, last.length);
    }

    /** Whether there are as many tokens as a group has. */
    public boolean isFull() {
        return size == last.length;
    }

    /** The mean of the tokens in the group, to nine decimals: the sum does not tell what has come and gone before. */
    public double mean() {
        if (size == 0) {
            throw new IllegalStateException("a group without tokens has no mean");
        }
        double scaled = sum / size * SCALE;
        return Math.abs(scaled) < EXACT ? Math.rint(scaled) / SCALE : sum / size;
    }
}
