package parathink.models.onnx;

import java.util.Arrays;

/**
 * Position ids of the tokens in a cache, kept as runs of consecutive ones: a single run until branches are joined,
 * where each branch begins again at the position where it forked. Not thread-safe.
 */
final class Positions {
    private int[] starts = new int[1]; // index of the first token of each run
    private int[] firsts = new int[1]; // its position
    private int runs = 1;
    private int length;

    int length() {
        return length;
    }

    /** The position of the next token: one past the largest so far. */
    int next() {
        int next = 0;
        for (int run = 0; run < runs; run++) {
            next = Math.max(next, firsts[run] + end(run) - starts[run]);
        }
        return next;
    }

    /** Adds tokens at the next positions. */
    void append(int tokens) {
        appendAt(next(), tokens);
    }

    /** Adds what another cache holds from a token on, at the same positions. */
    void appendFrom(Positions other, int from) {
        for (int run = 0; run < other.runs; run++) {
            int start = Math.max(from, other.starts[run]);
            appendAt(other.firsts[run] + start - other.starts[run], Math.max(0, other.end(run) - start));
        }
    }

    void truncate(int tokens) {
        while (runs > 1 && starts[runs - 1] >= tokens) {
            runs--;
        }
        length = tokens;
    }

    private void appendAt(int position, int tokens) {
        int last = runs - 1;
        if (tokens > 0 && position != firsts[last] + length - starts[last]) {
            if (runs == starts.length) {
                starts = Arrays.copyOf(starts, 2 * runs);
                firsts = Arrays.copyOf(firsts, 2 * runs);
            }
            starts[runs] = length;
            firsts[runs] = position;
            runs++;
        }
        length += tokens;
    }

    private int end(int run) {
        return run + 1 < runs ? starts[run + 1] : length;
    }
}
