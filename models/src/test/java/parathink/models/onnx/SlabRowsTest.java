package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SlabRowsTest {
    private final SlabRows rows = new SlabRows();
    private final List<String> moves = new ArrayList<>();
    private List<SlabCache> caches = List.of();
    private SlabDecoder decoder;
    private int longest = 16;

    @BeforeEach
    void twelveCaches() {
        rows.resize(16);
        decoder = Models.onZeros(Models.TINY, NumericMode.EXACT, 16);
        caches = Stream.generate(() -> new SlabCache(decoder)).limit(12).toList();
        caches.forEach(cache -> cache.row(rows.take(cache)));
    }

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void neighboursAreOneStretch() {
        activate(3, 4, 5);
        assertThat(plan()).containsExactly("3-5");
        assertThat(moves).isEmpty();
    }

    @Test
    void aFewIdleRowsAreRunAlongAndManyAreNot() {
        activate(0, 1, 4);
        assertThat(plan()).containsExactly("0-4");
        assertThat(moves).isEmpty();
    }

    @Test
    void farRowsAreARunOfTheirOwnUntilTheyAreMoved() {
        activate(0, 1, 10, 11);
        assertThat(plan()).containsExactly("0-1", "10-11");
        assertThat(plan()).containsExactly("0-3");
        assertThat(moves).containsExactly("11>2", "10>3");
    }

    @Test
    void rowsAreMovedTogetherOnceIdleOnesHaveCostMoreThanMoving() {
        activate(0, 1, 3);
        assertThat(plan()).containsExactly("0-3");
        assertThat(plan()).containsExactly("0-3");
        assertThat(plan()).containsExactly("0-3");
        assertThat(plan()).containsExactly("0-2");
        assertThat(moves).containsExactly("3>2");
        assertThat(caches.get(3).row()).isEqualTo(2);
        assertThat(caches.get(2).row()).isEqualTo(3); // the idle row took its place
        assertThat(rows.owner(3)).isSameAs(caches.get(2));
    }

    @Test
    void aLongStretchIsCutIntoPiecesOfNearlyTheSameLength() {
        longest = 4;
        activate(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(plan()).containsExactlyInAnyOrder("0-2", "3-5", "6-9");
    }

    @Test
    void aFreedRowIsFilledFromTheEnd() {
        rows.free(1);
        activate(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        var plans = IntStream.range(0, 4).mapToObj(i -> plan()).toList();

        assertThat(plans.getFirst()).containsExactly("0-11");
        assertThat(plans.getLast()).containsExactly("0-10");
        assertThat(moves).containsExactly("11>1");
        assertThat(rows.used()).isEqualTo(11);
    }

    private void activate(int... active) {
        caches.forEach(SlabCache::rest);
        for (int i = 0; i < active.length; i++) {
            caches.get(active[i]).activate(i);
        }
    }

    private List<String> plan() {
        int active = (int) caches.stream().filter(SlabCache::isActive).count();
        rows.plan(active, longest, (from, to) -> moves.add(from + ">" + to));
        return IntStream.range(0, rows.stretches())
                .mapToObj(s -> rows.first(s) + "-" + (rows.first(s) + rows.count(s) - 1))
                .toList();
    }
}
