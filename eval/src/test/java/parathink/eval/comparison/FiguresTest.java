package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void nothingIsLeftOfTheSignOfWhatIsRoundedToZero() {
        assertThat(Figures.points(-0.0004)).isEqualTo("+0.0");
        assertThat(Figures.percent(-0.0004)).isEqualTo("0.0");
        assertThat(Figures.points(-0.0006)).isEqualTo("-0.1");
        assertThat(Figures.points(0.0251)).isEqualTo("+2.5");
    }
}
