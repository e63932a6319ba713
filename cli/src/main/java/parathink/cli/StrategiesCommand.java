package parathink.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.strategies.PluginJar;
import parathink.strategies.Setting;
import parathink.strategies.StrategyCatalogue;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the catalogue of strategies, or one entry of it. */
@Command(
        name = "strategies",
        description = "List the strategies, or show one with its settings, their defaults and its paper.",
        footer = {"  parathink strategies", "  parathink strategies self-consistency"})
final class StrategiesCommand implements Subcommand {
    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The strategy to show.")
    private Optional<String> name;

    @Mixin(name = "Plug-ins")
    private PluginOptions plugins;

    @Mixin(name = "General")
    private CommonOptions common;

    StrategiesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        try (var known = plugins.open(environment)) {
            return print(known.catalogue());
        }
    }

    private ExitCode print(StrategyCatalogue catalogue) {
        var entries = name.map(catalogue::named).map(List::of).orElseGet(catalogue::entries);
        if (common.json) {
            entries.forEach(entry -> environment.out().println(Json.line(json(entry))));
        } else {
            environment.out().print(name.isPresent() ? page(entries.getFirst()) : list(entries));
        }
        return ExitCode.DONE;
    }

    private String list(List<StrategyEntry> entries) {
        var table = new TextTable(environment.terminal().columns());
        entries.forEach(entry -> table.row(
                entry.name(),
                entry.description()
                        + entry.plugin()
                                .map(jar -> " (plug-in %s)".formatted(jar.name()))
                                .orElse("")));
        return table.text();
    }

    private String page(StrategyEntry entry) {
        int width = environment.terminal().columns();
        var facts = new TextTable(width)
                .row("paper", entry.paper())
                .row("needs", entry.needs())
                .row("from", entry.origin());
        entry.plugin().ifPresent(jar -> facts.row("SHA-256", jar.sha256()));
        var settings = new TextTable(width);
        entry.settings()
                .forEach(setting ->
                        settings.row("  -S " + setting.name() + "=" + setting.defaultValue(), setting.description()));
        return "%s: %s%n%s".formatted(entry.name(), entry.description(), facts.text())
                + (entry.settings().isEmpty()
                        ? "It has no settings.\n"
                        : "Settings and their defaults:\n" + settings.text());
    }

    private static Map<String, Object> json(StrategyEntry entry) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", entry.name());
        json.put("description", entry.description());
        json.put("paper", entry.paper());
        json.put("needs", entry.needs());
        json.put("plugin", entry.plugin().map(jar -> jar.file().toString()).orElse(""));
        json.put("plugin_sha256", entry.plugin().map(PluginJar::sha256).orElse(""));
        json.put(
                "settings",
                entry.settings().stream().map(StrategiesCommand::json).toList());
        return json;
    }

    private static Map<String, String> json(Setting setting) {
        var json = new LinkedHashMap<String, String>();
        json.put("name", setting.name());
        json.put("default", setting.defaultValue());
        json.put("description", setting.description());
        return json;
    }
}
