package parathink.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parathink.datasets.NearestName;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What options are set to when they are not on the command line: the environment ({@code PARATHINK_MAX_TOKENS} for
 * {@code --max-tokens}), then {@code parathink.yaml} in the working folder, then {@code ~/.config/parathink/config.yaml}.
 */
final class Settings implements IDefaultValueProvider {
    /** Options that ask for something once, and so are never settings. */
    private static final List<String> ONCE = List.of("help", "version", "show-config");

    private final Environment environment;
    private final List<SettingsFile> files;
    private final List<String> faults;

    private Settings(Environment environment, List<SettingsFile> files, List<String> faults) {
        this.environment = environment;
        this.files = List.copyOf(files);
        this.faults = List.copyOf(faults);
    }

    /** Reads the settings files; one that is no settings file sets nothing, and a name that is unknown neither. */
    static Settings read(Environment environment) {
        var places = List.of(
                environment.folder().resolve("parathink.yaml"),
                environment.home().resolve(".config/parathink/config.yaml"));
        var there = places.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            return new Settings(environment, List.of(), List.of());
        }
        var top = Commands.whole(environment).getCommandSpec();
        var files = new ArrayList<SettingsFile>();
        var faults = new ArrayList<String>();
        for (var place : there) {
            try {
                var file = SettingsFile.read(place, top.subcommands().keySet());
                files.add(file);
                faults.addAll(unknown(file, top));
            } catch (IllegalArgumentException | UncheckedIOException e) {
                faults.add(e.getMessage());
            }
        }
        return new Settings(environment, files, faults);
    }

    /** What is wrong with the files, one line each with file and line; a command that reads settings refuses them. */
    List<String> faults() {
        return faults;
    }

    private static List<String> unknown(SettingsFile file, CommandSpec top) {
        var faults = new TreeMap<Integer, String>();
        file.entries().forEach((key, entry) -> {
            var section = Optional.ofNullable(top.subcommands().get(key.substring(0, Math.max(0, key.indexOf('.')))));
            var name = section.isPresent() ? key.substring(key.indexOf('.') + 1) : key;
            var names = new TreeSet<String>();
            section.map(List::of)
                    .orElseGet(() -> List.copyOf(top.subcommands().values()))
                    .forEach(command -> command.getCommandSpec()
                            .options()
                            .forEach(option -> name(option).ifPresent(names::add)));
            if (!names.contains(name)) {
                faults.put(
                        entry.line(),
                        "%s:%d: there is no setting '%s'; %s"
                                .formatted(file.file(), entry.line(), name, NearestName.hint(name, names)));
            }
        });
        return List.copyOf(faults.values()); // by line
    }

    @Override
    @SuppressWarnings("NullAway") // picocli asks for null where there is no default
    public String defaultValue(ArgSpec argument) {
        return found(argument).map(Found::text).orElse(null);
    }

    /** Where the value of an option that was not on the command line comes from; nothing for a built-in default. */
    Optional<String> origin(ArgSpec argument) {
        return found(argument).map(Found::origin);
    }

    private record Found(String text, String origin) {}

    private Optional<Found> found(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? name(option).flatMap(name -> found(option, name))
                : Optional.empty();
    }

    private Optional<Found> found(OptionSpec option, String name) {
        var variable = variable(name);
        var set = environment.variable(variable);
        if (set.isPresent()) {
            return Optional.of(new Found(set.get(), variable));
        }
        for (var file : files) {
            for (var key : List.of(option.command().name() + "." + name, name)) {
                var entry = Optional.ofNullable(file.entries().get(key));
                if (entry.isPresent()) {
                    var separator = option.splitRegex().isEmpty() ? "," : option.splitRegex();
                    return Optional.of(new Found(
                            String.join(separator, entry.get().values()),
                            "%s:%d".formatted(file.file(), entry.get().line())));
                }
            }
        }
        return Optional.empty();
    }

    /** The environment variable of a setting. */
    static String variable(String name) {
        return "PARATHINK_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The name of an option as a setting: its longest one without dashes; nothing for an option that is no setting. */
    static Optional<String> name(OptionSpec option) {
        var name = option.longestName();
        return name.startsWith("--") && !ONCE.contains(name.substring(2))
                ? Optional.of(name.substring(2))
                : Optional.empty();
    }

    /**
     * A setting of a command as it stands.
     *
     * @param value as text; empty when it is not set
     * @param origin the flag, the variable, the file and line, or {@code default}
     */
    record Setting(String name, String value, String origin) {}

    /** Every setting of a parsed command. */
    List<Setting> of(ParseResult parsed) {
        var settings = new LinkedHashMap<String, Setting>();
        for (var option : parsed.commandSpec().options()) {
            name(option).ifPresent(name -> {
                boolean typed = parsed.hasMatchedOption(option)
                        && !parsed.matchedOption(option.longestName())
                                .originalStringValues()
                                .isEmpty();
                var origin = typed ? option.longestName() : origin(option).orElse("default");
                settings.put(name, new Setting(name, text(option.getValue()), origin));
            });
        }
        return List.copyOf(settings.values());
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Optional<?> optional -> optional.map(String::valueOf).orElse("");
            case Map<?, ?> map ->
                String.join(
                        ",",
                        map.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList());
            case Collection<?> list ->
                String.join(",", list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
    }
}
