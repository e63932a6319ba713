package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.onnx.ThreadSharing.Way.OPERATORS;
import static parathink.models.onnx.ThreadSharing.Way.ROWS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.models.onnx.ThreadSharing.Way;

final class ThreadSharingTest {
    private final ThreadSharing sharing = new ThreadSharing();

    @Test
    void manyRowsAreSharedOutWithoutATrial() {
        for (int pass = 0; pass < 10; pass++) {
            assertThat(sharing.choose(ThreadSharing.FEW)).isEqualTo(ROWS);
            sharing.took(ROWS, ThreadSharing.FEW, 9);
        }
    }

    @Test
    void bothWaysAreTriedAndTheFasterOneKept() {
        var ways = passes(1, 6 + 32, 0.010, 0.014);

        assertThat(ways.subList(0, 6)).containsExactly(OPERATORS, OPERATORS, ROWS, ROWS, OPERATORS, OPERATORS);
        assertThat(ways.subList(6, 38)).containsOnly(OPERATORS);
    }

    /** After 6 trials 32 passes, then 2 of the other way, then 64, 2, 128 and so on. */
    @Test
    void theSlowerWayIsTriedMoreAndMoreSeldom() {
        var ways = passes(1, 6 + 32 + 2 + 64 + 2 + 128 + 2, 0.010, 0.014);

        assertThat(ways.subList(38, 40)).containsOnly(ROWS);
        assertThat(ways.subList(40, 104)).containsOnly(OPERATORS);
        assertThat(ways.subList(104, 106)).containsOnly(ROWS);
        assertThat(ways.subList(106, 234)).containsOnly(OPERATORS);
        assertThat(ways.subList(234, 236)).containsOnly(ROWS);
    }

    /**
     * The estimate of the way in use rises with the first slow passes, that of the other falls at its trial by a quarter of the
     * difference each: 0.014 to 0.011 is below 0.030 at once.
     */
    @Test
    void aWayThatBecomesSlowIsLeftAtTheNextTrial() {
        passes(1, 6, 0.010, 0.014);

        var ways = passes(1, 32 + 2 + 32, 0.030, 0.014);

        assertThat(ways.subList(0, 32)).containsOnly(OPERATORS);
        assertThat(ways.subList(32, 66)).containsOnly(ROWS);
        assertThat(passes(1, 2, 0.030, 0.014))
                .as("the slow way is tried again soon")
                .containsOnly(OPERATORS);
    }

    @Test
    void everyNumberOfRowsIsJudgedByItself() {
        passes(1, 6, 0.010, 0.014);
        passes(4, 6, 0.020, 0.014);

        assertThat(sharing.choose(1)).isEqualTo(OPERATORS);
        assertThat(sharing.choose(4)).isEqualTo(ROWS);
    }

    private List<Way> passes(int rows, int count, double operators, double byRows) {
        var ways = new ArrayList<Way>();
        for (int pass = 0; pass < count; pass++) {
            var way = sharing.choose(rows);
            sharing.took(way, rows, way == OPERATORS ? operators : byRows);
            ways.add(way);
        }
        return ways;
    }
}
