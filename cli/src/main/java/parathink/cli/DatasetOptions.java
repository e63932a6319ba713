package parathink.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Datasets;
import parathink.datasets.NearestName;
import parathink.datasets.Problem;
import parathink.eval.pool.PoolDataset;
import parathink.models.replay.Pool;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which problems. */
final class DatasetOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description =
                    "A name, see 'parathink datasets', or a JSONL, JSON, CSV or Parquet file (default with a pool: its own problems).")
    private Optional<String> dataset = Optional.empty();

    @Option(
            names = {"-D", "--dataset-set"},
            paramLabel = "KEY=VALUE",
            split = "\n",
            splitSynopsisLabel = "",
            description =
                    "A setting of the dataset, such as size=500 of a generated one; may be given again for others.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--map",
            paramLabel = "ROLE=COLUMN",
            split = ",",
            description = "The column of a file that has the problem, answer, id or choices, such as answer=Gold.")
    private Map<String, String> columns = Map.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Only the first N problems (default: all).")
    private Optional<Integer> limit = Optional.empty();

    @Option(names = "--ids", paramLabel = "ID", split = ",", description = "Only the problems with these ids.")
    private List<String> ids = List.of();

    /** The name or file, as given. */
    String name() {
        return dataset.orElseThrow(() -> new ParameterException(
                command.commandLine(),
                "--dataset is missing, such as --dataset countdown-4; 'parathink datasets' lists them"));
    }

    /** Settings as typed, columns among them. */
    Map<String, String> settings() {
        var all = new LinkedHashMap<>(columns);
        all.putAll(settings);
        return all;
    }

    /** Whether a dataset was named; a pool has its own otherwise. */
    boolean isGiven() {
        return dataset.isPresent();
    }

    /** Loads the problems asked for. */
    Dataset load(Environment environment) {
        var loaded = PoolDataset.load(name(), request(environment), environment.folder());
        return ids.isEmpty() ? fewer(loaded) : only(loaded);
    }

    /** The problems asked for, of those that a pool itself describes. */
    Dataset load(Pool pool, Environment environment) {
        if (!settings().isEmpty()) {
            throw new IllegalArgumentException(
                    "-D and --map are for a --dataset; the problems of a pool have no settings");
        }
        var loaded = PoolDataset.of(pool, request(environment), environment.folder());
        return ids.isEmpty() ? loaded : only(loaded);
    }

    private DatasetRequest request(Environment environment) {
        int first = ids.isEmpty() ? limit.orElse(Integer.MAX_VALUE) : Integer.MAX_VALUE;
        return new DatasetRequest(settings(), first, environment.data());
    }

    /** Says so when there are not as many problems as were asked for. */
    private Dataset fewer(Dataset loaded) {
        int there = loaded.problems().size();
        if (there >= limit.orElse(there)) {
            return loaded;
        }
        boolean generated = Datasets.all().stream()
                .anyMatch(entry -> entry.generated() && entry.name().equals(loaded.name()));
        var remarks = new ArrayList<>(loaded.remarks());
        remarks.add("--limit %d: %s has %d problems, all are taken%s"
                .formatted(limit.orElseThrow(), loaded.name(), there, generated ? "; -D size=N makes more" : ""));
        return new Dataset(loaded.name(), loaded.problems(), remarks, loaded.fingerprint());
    }

    private Dataset only(Dataset loaded) {
        var byId = loaded.problems().stream().collect(Collectors.toMap(Problem::id, problem -> problem));
        var unknown = ids.stream().filter(id -> !byId.containsKey(id)).findFirst();
        if (unknown.isPresent()) {
            throw new IllegalArgumentException("--ids: %s has no problem '%s'%s"
                    .formatted(
                            loaded.name(),
                            unknown.get(),
                            NearestName.to(unknown.get(), byId.keySet())
                                    .map("; did you mean '%s'?"::formatted)
                                    .orElse(", its first is '%s'"
                                            .formatted(
                                                    loaded.problems().getFirst().id()))));
        }
        var chosen = new ArrayList<Problem>();
        for (var problem : loaded.problems()) {
            if (ids.contains(problem.id()) && chosen.size() < limit.orElse(Integer.MAX_VALUE)) {
                chosen.add(problem);
            }
        }
        return new Dataset(loaded.name(), chosen, loaded.remarks(), loaded.fingerprint());
    }
}
