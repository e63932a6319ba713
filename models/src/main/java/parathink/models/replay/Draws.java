package parathink.models.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import parathink.models.Seed;

/** The recorded completions of one problem, given out once each in an order drawn by the seed. Used by the strategy's thread. */
final class Draws {
    private final int recorded;
    private final Queue<Draw> left;
    private int missing;
    private int shortened;

    Draws(List<Draw> recorded, Seed seed) {
        this.recorded = recorded.size();
        var order = new ArrayList<>(recorded);
        Collections.shuffle(order, new Random(seed.child("order").value()));
        this.left = new ArrayDeque<>(order);
    }

    int recorded() {
        return recorded;
    }

    /** Completions that were asked for when all had been given out. */
    int missing() {
        return missing;
    }

    /** The next one; nothing, and one more missing, when all are given out. */
    Optional<Draw> take() {
        var draw = Optional.ofNullable(left.poll());
        missing += draw.isEmpty() ? 1 : 0;
        return draw;
    }

    /** As many as asked for, or all that are left. */
    List<Draw> take(int wanted) {
        return Stream.generate(this::take)
                .limit(wanted)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Counts one whose text is given in part, by the share of its tokens. */
    void shorten() {
        shortened++;
    }

    Map<String, String> notes() {
        var notes = new TreeMap<String, String>();
        if (missing > 0) {
            notes.put(
                    "pool",
                    "%d completions asked for, %d recorded".formatted(recorded - left.size() + missing, recorded));
        }
        if (shortened > 0) {
            notes.put("shortened", "%d, their texts by the share of their tokens".formatted(shortened));
        }
        return notes;
    }
}
