package parathink.models;

/** The mean confidence of the last tokens of a sequence, as it grows. Used by one thread. */
public final class GroupConfidence {
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

    /** The mean of the tokens in the group. */
    public double mean() {
        if (size == 0) {
            throw new IllegalStateException("a group without tokens has no mean");
        }
        return sum / size;
    }
}
