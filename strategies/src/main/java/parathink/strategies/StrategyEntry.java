package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import parathink.models.SamplingParams;

/**
 * One line of the catalogue.
 *
 * @param name as typed
 * @param description one sentence
 * @param paper where the method comes from
 * @param needs what an engine must be able to do for it
 * @param settings what {@code -S} may set
 */
public record StrategyEntry(
        String name,
        String description,
        String paper,
        String needs,
        List<Setting> settings,
        BiFunction<Settings, SamplingParams, Strategy> recipe) {
    public StrategyEntry {
        settings = List.copyOf(settings);
    }

    /**
     * The strategy with these settings.
     *
     * @throws IllegalArgumentException for a setting that is unknown or out of its range
     */
    public Strategy with(Map<String, String> typed, SamplingParams sampling) {
        return recipe.apply(new Settings(name, typed, settings), sampling);
    }

    /** Every setting spelled out, defaults included. */
    public Map<String, String> spelledOut(Map<String, String> typed) {
        return new Settings(name, typed, settings).all();
    }
}
