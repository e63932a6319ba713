package parathink.eval.report;

import parathink.eval.evidence.Fate;

/**
 * How many attempts a page keeps the texts of. Figures and the table of problems never depend on it. Attempts are taken by
 * turns from each {@link Fate}, evenly spread over the attempts of that fate, until one of the two limits is met; so what is
 * kept shows every way in which the run ended, and is the same whenever the page is made.
 *
 * @param attempts at most so many, over all runs of the page
 * @param bytes of compressed text, at most so many over all runs of the page
 */
public record TraceChoice(int attempts, long bytes) {
    /** Everything, however large the page becomes. */
    public static final TraceChoice ALL = new TraceChoice(Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Figures only. */
    public static final TraceChoice NONE = new TraceChoice(0, 0);

    /** As many as leave a page that a browser opens without effort. */
    public static final TraceChoice FITTING = new TraceChoice(Integer.MAX_VALUE, 24L << 20);

    public TraceChoice {
        if (attempts < 0 || bytes < 0) {
            throw new IllegalArgumentException("a page cannot keep %d attempts in %d bytes".formatted(attempts, bytes));
        }
    }

    /** The texts of so many attempts, however long they are. */
    public static TraceChoice attempts(int attempts) {
        return new TraceChoice(attempts, Long.MAX_VALUE);
    }
}
