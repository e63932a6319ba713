package parathink.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import parathink.datasets.DatasetEntry;
import parathink.datasets.Datasets;
import parathink.datasets.files.ImportRecord;
import parathink.datasets.files.ImportedDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the catalogue of datasets, or one entry of it. */
@Command(
        name = "datasets",
        description = "List the datasets and which of them are here, or show one with its settings, source and terms.",
        footer = {"  parathink datasets", "  parathink datasets gpqa-diamond"})
final class DatasetsCommand implements Subcommand {
    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The dataset to show.")
    private Optional<String> name = Optional.empty();

    @Mixin(name = "General")
    private CommonOptions common;

    DatasetsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var entries = name.map(Datasets::named).map(List::of).orElseGet(Datasets::all);
        if (common.json) {
            entries.forEach(entry -> environment.out().println(Json.line(json(entry))));
        } else {
            environment.out().print(name.isPresent() ? page(entries.getFirst()) : list(entries));
        }
        return ExitCode.DONE;
    }

    private String list(List<DatasetEntry> entries) {
        var table = new TextTable(environment.terminal().columns());
        entries.forEach(entry -> table.row(entry.name(), state(entry), rows(entry), entry.description()));
        return table.text();
    }

    private String page(DatasetEntry entry) {
        int width = environment.terminal().columns();
        var facts = new TextTable(width)
                .row("state", state(entry))
                .row("problems", rows(entry))
                .row("answers", entry.format())
                .row("source", entry.source())
                .row("terms", entry.licence());
        var settings = new TextTable(width);
        entry.settings()
                .forEach(setting ->
                        settings.row("  -D " + setting.name() + "=" + setting.defaultValue(), setting.description()));
        return "%s: %s%n%sSettings and their defaults:%n%s"
                .formatted(entry.name(), entry.description(), facts.text(), settings.text());
    }

    private static String rows(DatasetEntry entry) {
        return entry.rows().isPresent() ? Integer.toString(entry.rows().getAsInt()) : "-";
    }

    private String state(DatasetEntry entry) {
        return switch (entry.loader()) {
            case ImportedDataset imported -> Files.exists(imported.file(environment.data())) ? "imported" : "to import";
            default -> "generated";
        };
    }

    private ObjectNode json(DatasetEntry entry) {
        var json = Json.object();
        json.put("name", entry.name());
        json.put("description", entry.description());
        json.put("state", state(entry));
        entry.rows().ifPresentOrElse(rows -> json.put("problems", rows), () -> json.putNull("problems"));
        json.put("format", entry.format());
        json.put("source", entry.source());
        json.put("licence", entry.licence());
        var settings = json.putArray("settings");
        entry.settings()
                .forEach(setting -> settings.addObject()
                        .put("name", setting.name())
                        .put("default", setting.defaultValue())
                        .put("description", setting.description()));
        ImportRecord.find(environment.data(), entry.name())
                .ifPresent(record -> json.putObject("import")
                        .put("source", record.source())
                        .put("problems", record.rows())
                        .put("fingerprint", record.fingerprint()));
        return json;
    }
}
