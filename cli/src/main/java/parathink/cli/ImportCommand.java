package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import parathink.datasets.DatasetException;
import parathink.datasets.Datasets;
import parathink.datasets.files.DatasetImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a dataset from a file or folder into the data folder. */
@Command(
        name = "import",
        description = {
            "Read a dataset from a file or folder (JSONL, JSON, CSV, Parquet) and keep it under a name.",
            "Says its fingerprint and what was noticed: duplicates, answers that contradict each other."
        },
        footer = {
            "  parathink import aime_2024.parquet --as aime24",
            "  parathink import ours.csv --as ours --map problem=Question,answer=Key"
        })
final class ImportCommand implements Subcommand {
    private final Environment environment;

    @Parameters(paramLabel = "SOURCE", description = "A file, or a folder as it was downloaded.")
    private Path source;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NAME",
            description = "A name of 'parathink datasets', or one of your own.")
    private String name;

    @Option(
            names = "--map",
            paramLabel = "ROLE=COLUMN",
            split = ",",
            description = "Columns that have the problem, answer, id or choices, where that is not plain.")
    private Map<String, String> columns = Map.of();

    @Option(names = "--replace", description = "Overwrite other data that has this name.")
    private boolean replace;

    @Mixin(name = "General")
    private CommonOptions common;

    ImportCommand(Environment environment) {
        this.environment = environment;
    }

    private void requireSource() {
        if (Files.exists(environment.folder().resolve(source))) {
            return;
        }
        Datasets.all().stream()
                .filter(entry -> entry.name().equals(name) && !entry.generated())
                .findFirst()
                .ifPresent(entry -> {
                    throw DatasetException.missing(
                            "%s: there is no such file or folder; %s is published as %s, download it there"
                                    .formatted(source, name, entry.source()));
                });
    }

    @Override
    public ExitCode run() {
        requireSource();
        var imported = new DatasetImport(Datasets.importable(name), environment.data())
                .load(environment.folder().resolve(source), columns, replace);
        imported.remarks().forEach(remark -> environment.err().println("parathink import: " + remark));
        var record = imported.record();
        if (common.json) {
            var json = Json.object();
            json.put("name", record.name());
            json.put("problems", record.rows());
            json.put("left_out", record.leftOut());
            json.put("duplicates", record.duplicates());
            json.put("conflicts", record.conflicts());
            json.put("fingerprint", record.fingerprint());
            json.put("file", imported.file().toString());
            var remarks = json.putArray("remarks");
            imported.remarks().forEach(remarks::add);
            environment.out().println(Json.line(json));
        } else {
            environment
                    .out()
                    .printf(
                            "%s: %d problems, fingerprint %s, in %s%n",
                            record.name(), record.rows(), record.fingerprint(), imported.file());
        }
        return ExitCode.DONE;
    }
}
