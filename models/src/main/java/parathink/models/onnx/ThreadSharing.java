package parathink.models.onnx;

import java.util.Arrays;

/**
 * How threads share a decoding pass over few rows: each takes rows of its own, or all take a part of every operator. One row
 * cannot be shared out, and threads that wait for the next operator spin, which a busy machine punishes; so what is faster is
 * found out by doing both. The bits are the same either way. Not thread-safe.
 */
final class ThreadSharing {
    /** Rows from which on each thread has enough of its own. */
    static final int FEW = 12;

    private static final int FIRST_TRIALS = 6;
    private static final int TRIAL = 2; // passes in a row, the first of which finds cold threads
    private static final int SOONEST = 32;
    private static final int LATEST = 1024;
    private static final double WEIGHT = 0.25; // of the newest pass

    enum Way {
        ROWS,
        OPERATORS
    }

    /** What is known of passes over one number of rows. */
    private static final class Known {
        private double ofRows; // smoothed seconds; 0 before the first
        private double ofOperators;
        private int passes;
        private int nextTrial = FIRST_TRIALS;
        private int pause = SOONEST;
        private Way favoured = Way.ROWS;

        private Way faster() {
            return ofOperators < ofRows ? Way.OPERATORS : Way.ROWS;
        }

        private void add(Way way, double seconds) {
            switch (way) {
                case ROWS -> ofRows = smoothed(ofRows, seconds);
                case OPERATORS -> ofOperators = smoothed(ofOperators, seconds);
            }
        }

        private static double smoothed(double before, double seconds) {
            return before == 0 ? seconds : before + WEIGHT * (seconds - before);
        }
    }

    private final Known[] known = new Known[FEW]; // by rows

    ThreadSharing() {
        Arrays.setAll(known, rows -> new Known());
    }

    /** The way for the next pass over so many rows. */
    Way choose(int rows) {
        if (rows >= FEW) {
            return Way.ROWS;
        }
        var of = known[rows];
        if (of.passes < FIRST_TRIALS) {
            return of.passes / TRIAL % 2 == 0 ? Way.OPERATORS : Way.ROWS;
        }
        return of.passes < of.nextTrial + of.pause ? of.favoured : other(of.favoured);
    }

    private static Way other(Way way) {
        return way == Way.ROWS ? Way.OPERATORS : Way.ROWS;
    }

    /** Takes note of a pass. */
    void took(Way way, int rows, double seconds) {
        if (rows >= FEW) {
            return;
        }
        var of = known[rows];
        of.add(way, seconds);
        of.passes++;
        if (of.passes == FIRST_TRIALS) {
            of.favoured = of.faster();
        } else if (of.passes >= of.nextTrial + of.pause + TRIAL) {
            // the longer the other way stays behind, the more seldom it is tried
            of.pause = of.faster() == of.favoured ? Math.min(LATEST, 2 * of.pause) : SOONEST;
            of.favoured = of.faster();
            of.nextTrial = of.passes;
        }
    }
}
