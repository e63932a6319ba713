package parathink.eval.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import parathink.eval.evidence.Fate;

/** An order of attempts in which every beginning is a fair picture of the whole. */
final class Spread {
    private Spread() {}

    /**
     * Places of attempts, by turns from each fate that occurs, within a fate so that the first ones lie far apart.
     *
     * @param fates of the attempts, by place
     */
    static List<Integer> order(List<Fate> fates) {
        var byFate = new EnumMap<Fate, List<Integer>>(Fate.class);
        for (int i = 0; i < fates.size(); i++) {
            byFate.computeIfAbsent(fates.get(i), fate -> new ArrayList<>()).add(i);
        }
        byFate.replaceAll((fate, places) -> apart(places));
        var order = new ArrayList<Integer>(fates.size());
        for (int turn = 0; order.size() < fates.size(); turn++) {
            for (var places : byFate.values()) {
                if (turn < places.size()) {
                    order.add(places.get(turn));
                }
            }
        }
        return order;
    }

    /** The order of bit-reversed indices (van der Corput's sequence, 1935): each beginning is spread over all places. */
    private static List<Integer> apart(List<Integer> places) {
        int bits = 32 - Integer.numberOfLeadingZeros(places.size() - 1);
        var order = new ArrayList<Integer>(places.size());
        for (long i = 0; i < 1L << bits; i++) {
            int place = bits == 0 ? 0 : Integer.reverse((int) i) >>> (32 - bits);
            if (place < places.size()) {
                order.add(places.get(place));
            }
        }
        return order;
    }
}
