package parathink.models;

/**
 * What a session spent, in tokens. Written by the session alone.
 *
 * @param prefill prompt tokens computed
 * @param reused context tokens that a sequence took over from another one without computing them
 * @param work every token decoded, judges and cancelled branches included
 * @param span the longest chain of tokens that had to be decoded one after the other
 * @param judgePrefill the part of prefill spent in judge sessions
 * @param judgeWork the part of work spent in judge sessions
 * @param calls decodes asked for
 */
public record Usage(long prefill, long reused, long work, long span, long judgePrefill, long judgeWork, long calls) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0);

    public Usage {
        if (Math.min(
                        Math.min(Math.min(prefill, reused), Math.min(work, span)),
                        Math.min(Math.min(judgePrefill, judgeWork), calls))
                < 0) {
            throw new IllegalArgumentException("usage must not be negative");
        }
        if (span > work) {
            throw new IllegalArgumentException("span %d is more than the work %d".formatted(span, work));
        }
    }
}
