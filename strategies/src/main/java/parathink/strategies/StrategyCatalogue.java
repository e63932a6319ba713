package parathink.strategies;

import java.util.HashMap;
import java.util.List;
import parathink.datasets.NearestName;

/**
 * Strategies by name, in the order in which they are shown. Immutable.
 *
 * @param entries each with another name
 */
public record StrategyCatalogue(List<StrategyEntry> entries) {
    public StrategyCatalogue {
        entries = List.copyOf(entries);
        var taken = new HashMap<String, StrategyEntry>();
        for (var entry : entries) {
            var other = taken.putIfAbsent(entry.name(), entry);
            if (other != null) {
                throw new IllegalArgumentException("%s: the name '%s' is taken by %s; give the strategy another"
                        .formatted(entry.origin(), entry.name(), other.origin()));
            }
        }
    }

    /**
     * The entry of a name.
     *
     * @throws IllegalArgumentException for a name that is not there, with the nearest one
     */
    public StrategyEntry named(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no strategy '%s'; %s"
                        .formatted(
                                name,
                                NearestName.hint(
                                        name,
                                        entries.stream()
                                                .map(StrategyEntry::name)
                                                .toList()))));
    }
}
