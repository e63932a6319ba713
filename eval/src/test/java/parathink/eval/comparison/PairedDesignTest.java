package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PairedDesignTest {
    @Test
    void needsAsManyPairsAsConnorsFormulaSays() {
        // shares 0.25 and 0.15 of pairs won and lost: psi 0.4, difference 0.1, variance 0.39
        // ((1.959964 sqrt 0.4 + 0.841621 sqrt 0.39) / 0.1)^2 = (12.39590 + 5.25590)^2 = 311.586
        var design = new PairedDesign(0.39);

        assertThat(design.problems(0.1, 0.8)).isCloseTo(311.586, within(0.01));
        assertThat(design.power(0.1, 311.586)).isCloseTo(0.8, within(1e-5));
    }

    @Test
    void findsTheDifferenceThatSoManyProblemsShow() {
        var design = new PairedDesign(0.39);

        assertThat(design.smallestDifference(311.586, 0.8)).isCloseTo(0.1, within(1e-5));
        assertThat(design.smallestDifference(5, 0.8)).isEqualTo(1); // nothing that small a set could show
    }

    @Test
    void showsNothingAtTheLevelOnly() {
        assertThat(new PairedDesign(0.39).power(0, 1000)).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void seesAnyDifferenceWithoutVariance() {
        assertThat(new PairedDesign(0).power(0.1, 100)).isEqualTo(1);
        assertThat(new PairedDesign(0).power(0.1, 3)).isZero(); // three of three is no evidence at this level
    }
}
