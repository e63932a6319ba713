package parathink.models;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Draws the next token from a row of logits and measures it. Filters apply in the order temperature, top-k, top-p, min-p,
 * each on what the one before left. Holds scratch memory; used by one thread.
 */
final class Sampler {
    private static final int BUCKETS = 128;
    private static final int BLOCK = 512; // tokens whose mass is known as a whole
    private static final double LIKELY = 1e-9; // weight of a token that may take what rounding has left; the best has 1

    private final float[] logits; // (vocabulary)
    private final double[] weights; // (vocabulary), exp((logit - max) / temperature)
    private final double[] blockMass; // of the weights
    private final long[] kept; // (vocabulary), order key and index of tokens that passed the filters so far
    private float[] top = new float[0]; // the most probable logits, ascending
    private final int[] bucketCount = new int[BUCKETS];
    private final double[] bucketMass = new double[BUCKETS];
    private double logSum; // of the exponentials of the logits
    private double logprob;
    private double selfCertainty;

    Sampler(int vocabulary) {
        logits = new float[vocabulary];
        weights = new double[vocabulary];
        blockMass = new double[(vocabulary + BLOCK - 1) / BLOCK];
        kept = new long[vocabulary];
    }

    /** Log-probability (natural, temperature 1, no filter) of the token drawn last. */
    double logprob() {
        return logprob;
    }

    /** A copy of the logits drawn from last, (vocabulary). */
    float[] logits() {
        return logits.clone();
    }

    /** Log-probability (natural, temperature 1, no filter) that a token had in the distribution drawn from last. */
    double logprob(int token) {
        return logits[token] - logSum;
    }

    /** Divergence of the uniform distribution from the one drawn from last (temperature 1, no filter): log-sum-exp - mean - log V. */
    double selfCertainty() {
        return selfCertainty;
    }

    /**
     * Mean negative log-probability (natural, temperature 1, no filter) of the most probable tokens of the distribution drawn
     * from last, to three decimals, the precision in which it is kept.
     *
     * @param candidates how many; all where there are fewer
     */
    double confidence(int candidates) {
        int count = Math.min(candidates, logits.length);
        if (top.length < count) {
            top = new float[count];
        }
        System.arraycopy(logits, 0, top, 0, count);
        Arrays.sort(top, 0, count);
        for (int i = count; i < logits.length; i++) {
            if (logits[i] > top[0]) {
                int place = 1;
                while (place < count && top[place] < logits[i]) {
                    top[place - 1] = top[place++];
                }
                top[place - 1] = logits[i];
            }
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += top[i];
        }
        return Math.rint((logSum - sum / count) * 1000) / 1000;
    }

    /**
     * Draws from row {@code row} of a batch's logits.
     *
     * @param uniform the random number, in [0, 1)
     */
    int draw(MemorySegment rows, int row, SamplingParams params, double uniform) {
        long bytes = (long) logits.length * Float.BYTES;
        MemorySegment.copy(rows, ValueLayout.JAVA_FLOAT, row * bytes, logits, 0, logits.length);
        return draw(params, uniform);
    }

    private int draw(SamplingParams params, double uniform) {
        double sum = sum();
        if (!Double.isFinite(sum)) {
            throw new ModelException(ModelException.Kind.FAILED, "the model gave logits that are not finite numbers");
        }
        int best = best();
        double max = logits[best];
        double mass = weigh(max, 1);
        logSum = max + StrictMath.log(mass);
        selfCertainty = logSum - sum / logits.length - StrictMath.log(logits.length);
        int token = params.isGreedy() ? best : draw(params, uniform, max, mass);
        logprob = logits[token] - logSum;
        return token;
    }

    // sums run in four strands, since each addition to one sum has to wait for the one before

    private double sum() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < logits.length; i += 4) {
            a += logits[i];
            b += logits[i + 1];
            c += logits[i + 2];
            d += logits[i + 3];
        }
        for (; i < logits.length; i++) {
            a += logits[i];
        }
        return (a + b) + (c + d);
    }

    private int best() {
        float max = logits[0];
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        int best = 0;
        while (logits[best] != max) {
            best++;
        }
        return best;
    }

    /** Fills the weights, and the mass of each block of them; gives the whole mass. */
    private double weigh(double max, double temperature) {
        double mass = 0;
        for (int block = 0; block < blockMass.length; block++) {
            int end = Math.min(weights.length, (block + 1) * BLOCK);
            blockMass[block] = weigh(block * BLOCK, end, max, temperature);
            mass += blockMass[block];
        }
        return mass;
    }

    private double weigh(int from, int end, double max, double temperature) {
        for (int i = from; i < end; i++) {
            weights[i] = (logits[i] - max) / temperature;
        }
        Exponential.ofNonPositive(weights, from, end);
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < end; i += 4) {
            a += weights[i];
            b += weights[i + 1];
            c += weights[i + 2];
            d += weights[i + 3];
        }
        for (; i < end; i++) {
            a += weights[i];
        }
        return (a + b) + (c + d);
    }

    private int draw(SamplingParams params, double uniform, double max, double unitMass) {
        double mass = params.temperature() == 1 ? unitMass : weigh(max, params.temperature());
        if (params.topK() == 0 && params.topP() == 1 && params.minP() == 0) {
            return inverse(uniform * mass);
        }
        int count = filter(params, mass);
        double left = 0;
        for (int i = 0; i < count; i++) {
            left += weights[(int) kept[i]];
        }
        double goal = uniform * left;
        for (int i = 0; i < count - 1; i++) {
            goal -= weights[(int) kept[i]];
            if (goal < 0) {
                return (int) kept[i];
            }
        }
        return (int) kept[count - 1];
    }

    /** The token in whose share of the mass the goal falls, in the order of token ids. */
    private int inverse(double goal) {
        double left = goal;
        int block = 0;
        while (block < blockMass.length - 1 && left >= blockMass[block]) {
            left -= blockMass[block++];
        }
        for (int i = block * BLOCK; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        int last = weights.length - 1; // rounding may leave a crumb of the goal
        while (weights[last] < LIKELY) {
            last--;
        }
        return last;
    }

    /** Fills {@link #kept} with the tokens that pass, most probable first, ties by id; returns how many. */
    private int filter(SamplingParams params, double mass) {
        int limit = params.topK() == 0 ? logits.length : Math.min(params.topK(), logits.length);
        boolean someLeftOut = limit < logits.length; // then top-p is a share of what top-k left, not of all
        int count = candidates(limit, someLeftOut ? Double.POSITIVE_INFINITY : params.topP() * mass);
        Arrays.sort(kept, 0, count);
        count = Math.min(count, limit);
        double total = 0;
        for (int i = 0; i < count; i++) {
            kept[i] &= 0xffffffffL;
            total += weights[(int) kept[i]];
        }
        if (params.topP() < 1) {
            double goal = params.topP() * (someLeftOut ? total : mass);
            double reached = 0;
            int keep = 0;
            while (keep < count && reached < goal) {
                reached += weights[(int) kept[keep++]];
            }
            count = keep;
        }
        double least = params.minP() * weights[(int) kept[0]];
        while (count > 1 && weights[(int) kept[count - 1]] < least) {
            count--;
        }
        return count;
    }

    /**
     * Gathers a superset of the tokens that top-k and top-p keep, without sorting the vocabulary: weights are counted by
     * binary exponent, and only the exponents that are needed are gathered.
     */
    private int candidates(int limit, double goal) {
        Arrays.fill(bucketCount, 0);
        Arrays.fill(bucketMass, 0);
        for (double weight : weights) {
            int bucket = bucket(weight);
            bucketCount[bucket]++;
            bucketMass[bucket] += weight;
        }
        int last = 0;
        int count = bucketCount[0];
        double mass = bucketMass[0];
        while (last < BUCKETS - 1 && count < limit && mass < goal) {
            last++;
            count += bucketCount[last];
            mass += bucketMass[last];
        }
        if (last < BUCKETS - 1 && count < limit) {
            last++; // the sums were rounded in another order than the sorted ones will be
        }
        int gathered = 0;
        for (int i = 0; i < weights.length; i++) {
            if (bucket(weights[i]) <= last) {
                // descending by logit: the order key of a float, inverted, above the id
                int bits = Float.floatToIntBits(logits[i] + 0.0f);
                int order = bits ^ ((bits >> 31) & 0x7fffffff);
                kept[gathered++] = ((long) ~order << 32) | i;
            }
        }
        return gathered;
    }

    private static int bucket(double weight) {
        return weight == 0 ? BUCKETS - 1 : Math.min(BUCKETS - 1, -Math.getExponent(weight));
    }
}
