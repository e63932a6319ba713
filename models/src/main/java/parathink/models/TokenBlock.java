package parathink.models;

import java.util.Arrays;
import java.util.Objects;

/**
 * Tokens that a decode gave one after the other, as a journal keeps them: those of a completion that has ended, or the first of
 * one that is still under way. Immutable.
 */
public final class TokenBlock {
    private final String path;
    private final long seed;
    private final int from;
    private final int[] ids;
    private final double[] confidences;
    private final double logprobs;
    private final double selfCertainties;
    private final boolean ended;

    private TokenBlock(
            String path,
            long seed,
            int from,
            int[] ids,
            double[] confidences,
            double logprobs,
            double selfCertainties,
            boolean ended) {
        this.path = Objects.requireNonNull(path, "path");
        this.seed = seed;
        this.from = from;
        this.ids = ids;
        this.confidences = confidences;
        this.logprobs = logprobs;
        this.selfCertainties = selfCertainties;
        this.ended = ended;
        if (from < 0) {
            throw new IllegalArgumentException("a block begins at token 0 or later, not at " + from);
        }
    }

    /** All tokens that a completion left in its sequence. */
    public static TokenBlock whole(String path, long seed, int... ids) {
        return new TokenBlock(path, seed, 0, ids.clone(), new double[0], 0, 0, true);
    }

    /**
     * Tokens of a decode that goes on.
     *
     * @param path place of the decode in the fork tree
     * @param seed the number its random stream is made from
     * @param from tokens before these
     * @param ids one or more
     * @param confidences one a token where they are measured, else none
     * @param logprobs sum of the log-probabilities of the decode's tokens up to the last of these
     * @param selfCertainties sum of their self-certainties
     */
    public static TokenBlock part(
            String path,
            long seed,
            int from,
            int[] ids,
            double[] confidences,
            double logprobs,
            double selfCertainties) {
        if (ids.length == 0 || (confidences.length > 0 && confidences.length != ids.length)) {
            throw new IllegalArgumentException(
                    "a block has one or more tokens and a confidence each or none, got %d and %d"
                            .formatted(ids.length, confidences.length));
        }
        if (!Double.isFinite(logprobs) || !Double.isFinite(selfCertainties)) {
            throw new IllegalArgumentException(
                    "the sums of a block must be finite, got %s and %s".formatted(logprobs, selfCertainties));
        }
        return new TokenBlock(path, seed, from, ids.clone(), confidences.clone(), logprobs, selfCertainties, false);
    }

    /**
     * This block and one that was written after it. What the later one says again, it says of a decode that was begun again
     * from there.
     *
     * @throws IllegalArgumentException when tokens between the two are missing, or they are of different decodes
     */
    public TokenBlock followedBy(TokenBlock later) {
        if (!path.equals(later.path) || later.ended != ended) {
            throw new IllegalArgumentException(
                    "the blocks of %s and %s are of different decodes".formatted(path, later.path));
        }
        if (later.from <= from || seed != later.seed) {
            return later;
        }
        int kept = later.from - from;
        if (kept > ids.length) {
            throw new IllegalArgumentException(
                    "token %d of %s is missing before token %d".formatted(from + ids.length, path, later.from));
        }
        boolean measured = confidences.length > 0 && later.confidences.length > 0;
        return new TokenBlock(
                path,
                seed,
                from,
                joined(ids, kept, later.ids),
                measured ? joined(confidences, kept, later.confidences) : new double[0],
                later.logprobs,
                later.selfCertainties,
                ended);
    }

    private static int[] joined(int[] first, int kept, int[] then) {
        int[] all = Arrays.copyOf(first, kept + then.length);
        System.arraycopy(then, 0, all, kept, then.length);
        return all;
    }

    private static double[] joined(double[] first, int kept, double[] then) {
        double[] all = Arrays.copyOf(first, kept + then.length);
        System.arraycopy(then, 0, all, kept, then.length);
        return all;
    }

    /** Place of the decode in the fork tree. */
    public String path() {
        return path;
    }

    /** The number that the decode's random stream is made from. */
    public long seed() {
        return seed;
    }

    /** Tokens of the decode before these. */
    public int from() {
        return from;
    }

    /** How many there are. */
    public int size() {
        return ids.length;
    }

    int id(int at) {
        return ids[at];
    }

    double confidence(int at) {
        return confidences[at];
    }

    /** Their ids; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** Their confidences, where they were measured; a copy. */
    public double[] confidences() {
        return confidences.clone();
    }

    /** Sum of the log-probabilities of the decode's tokens up to the last of these; 0 of a completion that has ended. */
    public double logprobs() {
        return logprobs;
    }

    /** Sum of the self-certainties of the decode's tokens up to the last of these; 0 of a completion that has ended. */
    public double selfCertainties() {
        return selfCertainties;
    }

    /** Whether these are all tokens that a completion left in its sequence. */
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenBlock that
                && path.equals(that.path)
                && seed == that.seed
                && from == that.from
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(confidences, that.confidences)
                && Double.compare(logprobs, that.logprobs) == 0
                && Double.compare(selfCertainties, that.selfCertainties) == 0
                && ended == that.ended;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, seed, from, Arrays.hashCode(ids), ended);
    }

    @Override
    public String toString() {
        return "%s, tokens %d to %d%s".formatted(path, from, from + ids.length, ended ? ", ended" : "");
    }
}
