package parathink.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import parathink.models.SamplingParams;
import parathink.strategies.Plugins;
import parathink.strategies.StrategyCatalogue;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which strategy, with which settings, on how many tokens. */
final class StrategyOptions {
    private static final String BRANCHES = "branches";
    private static final SamplingParams ANY = new SamplingParams(1, 0, 1, 0, 1);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--strategy", paramLabel = "NAME", description = "How to think; see 'parathink strategies'.")
    private Optional<String> strategy = Optional.empty();

    @Option(
            names = {"-S", "--set"},
            paramLabel = "KEY=VALUE",
            split = "\n",
            splitSynopsisLabel = "",
            description = "A setting of the strategy, such as verifier=logprob; may be given again for others.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = {"-n", "--branches"},
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Completions a problem: short for -S branches=N (default: the strategy's).")
    private Optional<Integer> branches = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "TOKENS",
            converter = Numbers.Tokens.class,
            description =
                    "The most tokens a problem may take, all its branches and judges together (default: no limit).")
    private Optional<Long> budget = Optional.empty();

    @Mixin(name = "Plug-ins")
    private PluginOptions plugins;

    /** Loads the strategies there are; the caller closes what it gets. */
    Plugins plugins(Environment environment) {
        return plugins.open(environment);
    }

    /** The strategy asked for. */
    StrategyEntry entry(StrategyCatalogue catalogue) {
        return catalogue.named(strategy.orElseThrow(() -> new ParameterException(
                command.commandLine(),
                "--strategy is missing, such as --strategy self-consistency; 'parathink strategies' lists them")));
    }

    /**
     * The settings of a strategy as typed, {@code -n} among them.
     *
     * @throws IllegalArgumentException when the strategy refuses them, before anything slow has begun
     */
    Map<String, String> settings(StrategyEntry entry) {
        var typed = new LinkedHashMap<>(settings);
        branches.ifPresent(number -> {
            if (entry.settings().stream().noneMatch(setting -> setting.name().equals(BRANCHES))) {
                throw new IllegalArgumentException(
                        "-n %d: strategy '%s' has no branches to set; leave -n out".formatted(number, entry.name()));
            }
            var other = Optional.ofNullable(typed.put(BRANCHES, Integer.toString(number)));
            if (other.isPresent() && !other.get().equals(Integer.toString(number))) {
                throw new IllegalArgumentException(
                        "-n %d and -S branches=%s contradict each other; give one".formatted(number, other.get()));
            }
        });
        entry.with(typed, ANY);
        return typed;
    }

    OptionalInt branches() {
        return branches.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    OptionalLong budget() {
        return budget.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
