package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplerTest {
    private static final float[] HALVES = logs(0.5, 0.25, 0.125, 0.0625, 0.0625);

    @Test
    void greedyTakesTheMostProbableTokenAndTheFirstOfTies() {
        assertThat(draw(HALVES, params(0, 0, 1, 0), 0.99)).isZero();
        assertThat(draw(logs(0.2, 0.4, 0.4), params(0, 0, 1, 0), 0.99)).isEqualTo(1);
    }

    @Test
    void drawsEachTokenForItsShareOfTheRandomNumbers() {
        var params = params(1, 0, 1, 0);
        assertThat(draw(HALVES, params, 0.49)).isZero();
        assertThat(draw(HALVES, params, 0.51)).isEqualTo(1);
        assertThat(draw(HALVES, params, 0.76)).isEqualTo(2);
        assertThat(draw(HALVES, params, 0.9999)).isEqualTo(4);
    }

    @Test
    void temperatureSharpensTheDistribution() {
        // at T = 0.5 the weights are squared: 16/22, 4/22, 1/22, ...
        var params = params(0.5, 0, 1, 0);
        double total = 0.25 + 0.0625 + 0.015625 + 2 * 0.00390625;
        assertThat(draw(HALVES, params, 0.25 / total - 1e-9)).isZero();
        assertThat(draw(HALVES, params, 0.25 / total + 1e-9)).isEqualTo(1);
    }

    @Test
    void topKKeepsTheMostProbableTokens() {
        assertThat(reachable(HALVES, params(1, 2, 1, 0))).isEqualTo(Set.of(0, 1));
        assertThat(reachable(logs(0.1, 0.2, 0.7), params(1, 1, 1, 0))).isEqualTo(Set.of(2));
    }

    @Test
    void topPKeepsTheFewestTokensThatReachTheShare() {
        assertThat(reachable(HALVES, params(1, 0, 0.5, 0))).isEqualTo(Set.of(0));
        assertThat(reachable(HALVES, params(1, 0, 0.51, 0))).isEqualTo(Set.of(0, 1));
        assertThat(reachable(HALVES, params(1, 0, 0.9, 0))).isEqualTo(Set.of(0, 1, 2, 3));
    }

    @Test
    void topPCountsShareOfWhatTopKLeft() {
        // of {0.5, 0.25} the first alone holds two thirds
        assertThat(reachable(HALVES, params(1, 2, 0.66, 0))).isEqualTo(Set.of(0));
        assertThat(reachable(HALVES, params(1, 2, 0.67, 0))).isEqualTo(Set.of(0, 1));
    }

    @Test
    void topPOfALargeVocabularyCountsWhatTopKLeft() {
        // 1, 0.72, 0.09 and three of 0.01 hold 1.84 together; 95 % of that needs the third
        var logits = new float[1000];
        java.util.Arrays.fill(logits, (float) Math.log(0.001));
        double[] heavy = {1, 0.72, 0.09, 0.01, 0.01, 0.01};
        for (int i = 0; i < heavy.length; i++) {
            logits[i] = (float) Math.log(heavy[i]);
        }
        assertThat(reachable(logits, params(1, 6, 0.95, 0))).isEqualTo(Set.of(0, 1, 2));
    }

    @Test
    void minPKeepsTokensNearTheMostProbableOne() {
        assertThat(reachable(HALVES, params(1, 0, 1, 0.24))).isEqualTo(Set.of(0, 1, 2));
        assertThat(reachable(HALVES, params(1, 0, 1, 1))).isEqualTo(Set.of(0));
    }

    @Test
    void filtersOfLargeVocabulariesKeepWhatSortingThemWouldKeep() {
        var random = new Random(5);
        for (int round = 0; round < 7; round++) {
            var logits = new float[400];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (random.nextGaussian() * (1 + round % 7));
            }
            double topP = 0.05 + 0.9 * random.nextDouble();
            assertThat(kept(logits, params(1, 0, topP, 0))).isEqualTo(nucleus(logits, topP));
        }
    }

    @Test
    void reportsTheUnfilteredLogProbabilityAndSelfCertainty() {
        var sampler = new Sampler(4);
        sampler.draw(MemorySegment.ofArray(logs(0.5, 0.25, 0.125, 0.125)), 0, params(0.7, 1, 0.9, 0.1), 0.3);
        assertThat(sampler.logprob()).isCloseTo(Math.log(0.5), within(1e-6));
        // -(1/4) sum log(4 p): (ln 2 + 0 - ln 2 - ln 2) with signs: -(ln 2 + 0 - ln 2 - ln 2) / 4
        assertThat(sampler.selfCertainty()).isCloseTo(Math.log(2) / 4, within(1e-6));
    }

    @Test
    void confidenceIsTheMeanNegativeLogProbabilityOfTheMostProbableTokens() {
        var sampler = new Sampler(5);
        sampler.draw(MemorySegment.ofArray(HALVES), 0, params(0.3, 1, 0.5, 0), 0.3);
        // ln 2 times 1, 2, 3, 4, 4
        assertThat(sampler.confidence(1)).isEqualTo(0.693);
        assertThat(sampler.confidence(3)).isEqualTo(1.386); // 2 ln 2
        assertThat(sampler.confidence(5)).isEqualTo(1.941); // 2.8 ln 2 = 1.94081
        assertThat(sampler.confidence(20)).isEqualTo(1.941);
    }

    @Test
    void confidenceFindsTheMostProbableTokensWhereverTheyStand() {
        var random = new Random(3);
        var logits = new float[200];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        var sampler = new Sampler(200);
        sampler.draw(MemorySegment.ofArray(logits), 0, params(1, 0, 1, 0), 0.5);
        var sorted = logits.clone();
        java.util.Arrays.sort(sorted);
        double mass = 0;
        double twenty = 0;
        for (int i = 0; i < 200; i++) {
            mass += Math.exp(sorted[i]);
            twenty += i >= 180 ? sorted[i] : 0;
        }
        assertThat(sampler.confidence(20)).isCloseTo(Math.log(mass) - twenty / 20, within(0.0005));
    }

    @Test
    void refusesLogitsThatAreNotNumbers() {
        assertThatThrownBy(() -> draw(new float[] {1, Float.NaN}, params(1, 0, 1, 0), 0.5))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void theExponentialAgreesWithTheLibraryToTwelveDigits() {
        var values =
                IntStream.rangeClosed(0, 100_000).mapToDouble(i -> -i / 1000.0).toArray();
        var exponentials = values.clone();
        Exponential.ofNonPositive(exponentials, 0, exponentials.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(exponentials[i] / StrictMath.exp(values[i])).isCloseTo(1, within(2e-13));
        }
        assertThat(exponentials[0]).isEqualTo(1);

        double[] far = {-1e300, -100.5, -3, -100.5};
        Exponential.ofNonPositive(far, 0, 2);
        assertThat(far).containsExactly(exponentials[100_000], exponentials[100_000], -3, -100.5);
    }

    private static Set<Integer> nucleus(float[] logits, double topP) {
        var order = new ArrayList<Integer>();
        double mass = 0;
        for (int i = 0; i < logits.length; i++) {
            order.add(i);
            mass += Math.exp(logits[i]);
        }
        order.sort((a, b) -> Float.compare(logits[b], logits[a]));
        var kept = new HashSet<Integer>();
        double reached = 0;
        for (int i : order) {
            if (reached >= topP * mass * (1 + 1e-9)) {
                break;
            }
            kept.add(i);
            reached += Math.exp(logits[i]);
        }
        return kept;
    }

    private static Set<Integer> reachable(float[] logits, SamplingParams params) {
        return reachable(logits, params, 1000);
    }

    private static Set<Integer> reachable(float[] logits, SamplingParams params, int draws) {
        var sampler = new Sampler(logits.length);
        var tokens = new HashSet<Integer>();
        for (int i = 0; i < draws; i++) {
            tokens.add(sampler.draw(MemorySegment.ofArray(logits), 0, params, (i + 0.5) / draws));
        }
        return tokens;
    }

    /** The tokens that pass: each is the draw for an interval of random numbers, whose end is found by halving. */
    private static Set<Integer> kept(float[] logits, SamplingParams params) {
        var sampler = new Sampler(logits.length);
        var rows = MemorySegment.ofArray(logits);
        var tokens = new HashSet<Integer>();
        double at = 0;
        while (at < 1) {
            int token = sampler.draw(rows, 0, params, at);
            tokens.add(token);
            double low = at;
            double high = 1;
            while (high - low > 1e-12) { // where the next token's share begins
                double middle = (low + high) / 2;
                if (sampler.draw(rows, 0, params, middle) == token) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            at = high;
        }
        return tokens;
    }

    private static int draw(float[] logits, SamplingParams params, double uniform) {
        return new Sampler(logits.length).draw(MemorySegment.ofArray(logits), 0, params, uniform);
    }

    private static SamplingParams params(double temperature, int topK, double topP, double minP) {
        return new SamplingParams(temperature, topK, topP, minP, 10);
    }

    private static float[] logs(double... probabilities) {
        var logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        return logits;
    }
}
