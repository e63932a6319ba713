package parathink.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import parathink.models.SamplingParams;
import parathink.strategies.Plugins;
import parathink.strategies.StrategyCatalogue;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which strategies with which settings: every combination of the values given. */
final class SweepOptions {
    private static final String BRANCHES = "branches";
    private static final SamplingParams ANY = new SamplingParams(1, 0, 1, 0, 1);
    private static final int MOST_CELLS = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            split = ",",
            description = "Strategies to run, such as esc,self-consistency; see 'parathink strategies'.")
    private List<String> strategies = List.of();

    @Option(
            names = {"-S", "--set"},
            paramLabel = "KEY=VALUE,...",
            split = "\n",
            splitSynopsisLabel = "",
            description = {
                "Values of a setting, such as window=3,5,8; may be given again for others.",
                "A strategy without the setting is run once for all of its values."
            })
    private Map<String, String> settings = Map.of();

    @Option(
            names = {"-n", "--branches"},
            paramLabel = "N",
            split = ",",
            converter = Numbers.Positive.class,
            description = "Numbers of completions, such as 4,8,16: short for -S branches=4,8,16.")
    private List<Integer> branches = List.of();

    @Option(
            names = "--budget",
            paramLabel = "TOKENS",
            converter = Numbers.Tokens.class,
            description = "The most tokens a problem may take (default: no limit).")
    private Optional<Long> budget = Optional.empty();

    @Mixin(name = "Plug-ins")
    private PluginOptions plugins;

    /** Loads the strategies there are; the caller closes what it gets. */
    Plugins plugins(Environment environment) {
        return plugins.open(environment);
    }

    /** A strategy with one choice of settings. */
    record Cell(StrategyEntry entry, Map<String, String> settings) {
        Cell {
            settings = new TreeMap<>(settings);
        }

        /** Whether another model judges. */
        boolean isJudged(SamplingParams sampling) {
            return entry.with(settings, sampling).asksJudge();
        }

        /** The name of its folder: the same whatever else is in the grid. */
        String folder() {
            var name = new StringBuilder(entry.name());
            settings.forEach(
                    (key, value) -> name.append('-').append(key).append('=').append(value));
            return name.toString().replaceAll("[^A-Za-z0-9._=+-]", "_");
        }
    }

    OptionalLong budget() {
        return budget.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /**
     * Every combination, in the order in which strategies and values were given.
     *
     * @throws IllegalArgumentException when a strategy refuses a value, or no strategy has a setting
     */
    List<Cell> cells(StrategyCatalogue catalogue) {
        if (strategies.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--strategy is missing, such as --strategy esc,self-consistency; 'parathink strategies' lists them");
        }
        var grid = grid();
        var unused = new LinkedHashSet<>(grid.keySet());
        var cells = new LinkedHashSet<Cell>();
        for (var name : strategies) {
            var entry = catalogue.named(name);
            var combinations = List.of(Map.<String, String>of());
            for (var axis : grid.entrySet()) {
                if (entry.settings().stream().anyMatch(setting -> setting.name().equals(axis.getKey()))) {
                    unused.remove(axis.getKey());
                    combinations = combined(combinations, axis.getKey(), axis.getValue());
                }
            }
            for (var combination : combinations) {
                entry.with(combination, ANY);
                cells.add(new Cell(entry, combination));
            }
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of these strategies has a setting '%s'; leave it out".formatted(unused.getFirst()));
        }
        return List.copyOf(cells);
    }

    private Map<String, List<String>> grid() {
        var grid = new LinkedHashMap<String, List<String>>();
        settings.forEach((key, values) -> grid.put(key, values(key, values)));
        if (!branches.isEmpty() && grid.containsKey(BRANCHES)) {
            throw new IllegalArgumentException(
                    "-n and -S branches=%s contradict each other; give one".formatted(settings.get(BRANCHES)));
        }
        if (!branches.isEmpty()) {
            grid.put(BRANCHES, branches.stream().map(String::valueOf).toList());
        }
        return grid;
    }

    private static List<String> values(String key, String values) {
        var list = List.of(values.split(",", -1));
        if (list.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "-S %s=%s: a value is empty; write them as %s=3,5,8".formatted(key, values, key));
        }
        return list.stream().map(String::strip).distinct().toList();
    }

    private static List<Map<String, String>> combined(
            List<Map<String, String>> combinations, String key, List<String> values) {
        if ((long) combinations.size() * values.size() > MOST_CELLS) {
            throw new IllegalArgumentException(
                    "the grid has more than %d runs; give fewer values".formatted(MOST_CELLS));
        }
        var all = new ArrayList<Map<String, String>>();
        for (var combination : combinations) {
            for (var value : values) {
                var more = new TreeMap<>(combination);
                more.put(key, value);
                all.add(more);
            }
        }
        return all;
    }
}
