package parathink.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected numbers are those of {@code random.Random(seed).random()} in CPython 3.11. */
final class MersenneTwisterTest {
    @Test
    void givesTheNumbersOfCpythonForSeedsOfOneWord() {
        assertThat(first(new MersenneTwister(0)))
                .containsExactly(0.8444218515250481, 0.7579544029403025, 0.420571580830845);
        assertThat(first(new MersenneTwister(42)))
                .containsExactly(0.6394267984578837, 0.025010755222666936, 0.27502931836911926);
    }

    @Test
    void givesTheNumbersOfCpythonForSeedsOfTwoWords() {
        assertThat(first(new MersenneTwister((1L << 32) + 5)))
                .containsExactly(0.15727238718789782, 0.2824866316461999, 0.6044540318498407);
        assertThat(first(new MersenneTwister(2147483647054L)))
                .containsExactly(0.18878439189956508, 0.5385419420472152, 0.17349046513577915);
    }

    @Test
    void staysInStepOverSeveralTwistsOfTheState() {
        var random = new MersenneTwister(0);

        double last = IntStream.range(0, 1000).mapToDouble(i -> random.random()).reduce(0, (a, b) -> b);

        assertThat(last).isEqualTo(0.4804125346981437);
    }

    @Test
    void drawsPlacesRangesAndChancesFromOneNumberEach() {
        var random = new MersenneTwister(0); // .844.., .757.., .420..

        assertThat(random.between(10, 19)).isEqualTo(18);
        assertThat(random.pick(List.of("a", "b", "c", "d"))).isEqualTo("d");
        assertThat(random.chance(.42)).isFalse();
        assertThat(random.random()).isEqualTo(0.25891675029296335);
    }

    @Test
    void refusesANegativeSeed() {
        assertThatThrownBy(() -> new MersenneTwister(-1)).hasMessage("a seed must not be negative, got -1");
    }

    private static double[] first(MersenneTwister random) {
        return new double[] {random.random(), random.random(), random.random()};
    }
}
