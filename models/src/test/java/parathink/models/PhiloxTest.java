package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PhiloxTest {
    // Known-answer vectors of philox4x32-10 published with Random123: counter and key all zero.
    @Test
    void givesThePublishedWordsForZeroCounterAndKey() {
        assertThat(Long.toHexString(Philox.bits(0, 0))).isEqualTo("6627e8d5e169c58d");
    }

    @Test
    void isUniformInTheUnitInterval() {
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            double u = Philox.uniform(42, i);
            assertThat(u).isBetween(0.0, Math.nextDown(1.0));
            sum += u;
        }
        assertThat(sum / 100_000).isBetween(0.497, 0.503);
    }

    @Test
    void neighbouringKeysGiveUnrelatedStreams() {
        int near = 0;
        for (int i = 0; i < 10_000; i++) {
            if (Math.abs(Philox.uniform(7, i) - Philox.uniform(8, i)) < 0.01) {
                near++;
            }
        }
        assertThat(near).isBetween(120, 280); // 2 % of the pairs by chance
    }
}
