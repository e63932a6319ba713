package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import parathink.models.SamplingParams;

/**
 * One line of the catalogue.
 *
 * @param name as typed: small letters, digits and dashes
 * @param description one sentence
 * @param paper where the method comes from
 * @param needs what an engine must be able to do for it
 * @param settings what {@code -S} may set
 * @param recipe makes the strategy of its settings and of how tokens are drawn
 * @param plugin the jar it came from; nothing for a built-in strategy
 */
public record StrategyEntry(
        String name,
        String description,
        String paper,
        String needs,
        List<Setting> settings,
        BiFunction<Settings, SamplingParams, Strategy> recipe,
        Optional<PluginJar> plugin) {
    public StrategyEntry {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "a strategy's name has small letters, digits and dashes, got '%s'".formatted(name));
        }
        settings = List.copyOf(settings);
    }

    /** An entry as its author writes it. */
    public StrategyEntry(
            String name,
            String description,
            String paper,
            String needs,
            List<Setting> settings,
            BiFunction<Settings, SamplingParams, Strategy> recipe) {
        this(name, description, paper, needs, settings, recipe, Optional.empty());
    }

    /** This entry as one of a jar. */
    StrategyEntry from(PluginJar jar) {
        return new StrategyEntry(
                name,
                description,
                paper,
                needs,
                settings,
                (typed, sampling) -> new PluginStrategy(recipe.apply(typed, sampling), jar),
                Optional.of(jar));
    }

    /** Where it comes from, in words. */
    public String origin() {
        return plugin.map(jar -> "plug-in " + jar.file()).orElse("built in");
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
