package parathink.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import parathink.datasets.Dataset;
import parathink.eval.directory.RecordedTemplate;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.pool.PoolDataset;
import parathink.eval.run.RunSpec;
import parathink.models.Engine;
import parathink.models.Templates;
import parathink.models.endpoint.EndpointAddress;
import parathink.models.onnx.NumericMode;
import parathink.models.replay.Pool;
import parathink.models.replay.ReplayEngine;
import parathink.strategies.Strategies;
import parathink.strategies.StrategyCatalogue;

/**
 * What a run was made on, opened again: its problems, and the same model or pool. Closed by whoever opened it.
 *
 * @param problems those of the run
 * @param most completions a problem that there are; nothing where they are drawn anew
 */
record RecordedSource(Dataset problems, Engine engine, Optional<Integer> most) implements AutoCloseable {

    /**
     * Opens what {@code run.json} names.
     *
     * @throws RuntimeException saying what is missing, or is not what it was
     */
    static RecordedSource open(RunDirectory directory, Environment environment) {
        var spec = RunSpec.of(directory.run(), new StrategyCatalogue(Strategies.all()));
        refuseOthers(directory, spec);
        var all = new RecordedDataset(directory, spec, environment.data(), environment.folder()).load();
        var problems = among(all, directory);
        var path = PoolDataset.path(spec.model());
        if (path.isEmpty()) {
            var model = ModelOptions.of(spec.model(), mode(directory.run().device()));
            model.saveEvery(spec.checkpointTokens());
            directory
                    .run()
                    .template()
                    .ifPresent(known -> model.ask(known.template().options()));
            return checked(
                    directory,
                    new RecordedSource(problems, model.open(environment, prompts(directory)), Optional.empty()));
        }
        var pool = Pool.open(environment.folder().resolve(path.get()));
        try {
            var engine = new ReplayEngine(pool, PoolDataset.prompts(problems, pool));
            return checked(directory, new RecordedSource(problems, engine, Optional.of(pool.largest())));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Refuses runs of which more than the model that solves would have to be opened again, or a server. */
    private static void refuseOthers(RunDirectory directory, RunSpec spec) {
        if (EndpointAddress.isOne(spec.model())) {
            throw new ResultsException("it was made on the server %s".formatted(spec.model()));
        }
        spec.judge().ifPresent(judge -> {
            throw new ResultsException("it was judged by %s".formatted(judge));
        });
        var reward = directory.run().versions().get("reward");
        if (reward != null) {
            throw new ResultsException("it was scored by a reward model, %s".formatted(reward));
        }
    }

    private static Templates prompts(RunDirectory directory) {
        return new Templates(directory.run().prompts(), directory.run().hashes().getOrDefault("prompts", ""));
    }

    private static Dataset among(Dataset all, RunDirectory directory) {
        var wanted = new HashSet<String>();
        directory.run().settings().path("problems").forEach(id -> wanted.add(id.asText()));
        var some = all.problems().stream()
                .filter(problem -> wanted.contains(problem.id()))
                .toList();
        return new Dataset(all.name(), some, List.of(), all.fingerprint());
    }

    /** A device is written as {@code cpu, fast} with what else there is to say of it. */
    private static Optional<NumericMode> mode(String device) {
        var words = List.of(device.split(", "));
        return Arrays.stream(NumericMode.values())
                .filter(mode -> words.contains(mode.word()))
                .findFirst();
    }

    private static RecordedSource checked(RunDirectory directory, RecordedSource source) {
        var now = source.engine().provenance();
        var before = directory.run();
        if (!now.weights().equals(before.hashes().get("model"))) {
            source.close();
            throw new ResultsException("%s is not what it was, its hash has changed".formatted(before.model()));
        }
        if (!before.template()
                .map(RecordedTemplate::template)
                .equals(source.engine().template())) {
            source.close();
            throw new ResultsException("the chat template of %s is not what it was".formatted(before.model()));
        }
        if (!now.device().equals(before.device())) {
            source.close();
            throw new ResultsException(
                    "it was computed on '%s', here it would be '%s'".formatted(before.device(), now.device()));
        }
        return source;
    }

    @Override
    public void close() {
        engine.close();
    }
}
