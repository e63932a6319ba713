package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.eval.evidence.Fate;

final class SpreadTest {
    @Test
    void takesTurnsFromEveryFateThatOccurs() {
        var fates = List.of(Fate.RIGHT, Fate.RIGHT, Fate.RIGHT, Fate.ERROR, Fate.RIGHT, Fate.NEVER_SAMPLED);

        assertThat(Spread.order(fates).subList(0, 3)).containsExactlyInAnyOrder(0, 3, 5);
        assertThat(Spread.order(fates)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void theFirstOnesOfAFateLieFarApart() {
        var fates = Collections.nCopies(8, Fate.RIGHT);

        assertThat(Spread.order(fates)).containsExactly(0, 4, 2, 6, 1, 5, 3, 7); // binary digits read backwards
    }

    @Test
    void everyPlaceComesOnceAlsoWhenTheirNumberIsNoPowerOfTwo() {
        assertThat(Spread.order(Collections.nCopies(5, Fate.RIGHT))).containsExactly(0, 4, 2, 1, 3);
        assertThat(Spread.order(Collections.nCopies(1, Fate.RIGHT))).containsExactly(0);
        assertThat(Spread.order(List.of())).isEmpty();
    }
}
