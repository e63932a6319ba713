package parathink.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Dataset;
import parathink.datasets.Datasets;
import parathink.eval.directory.ResultsException;
import parathink.eval.pool.PoolDataset;
import parathink.eval.pool.PoolMajority;
import parathink.eval.pool.PoolTrial;
import parathink.eval.run.RunSpec;
import parathink.models.Engine;
import parathink.models.Prompt;
import parathink.models.RewardModel;
import parathink.models.RewardedEngine;
import parathink.models.Templates;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.replay.Pool;
import parathink.models.replay.RecordedRun;
import parathink.models.replay.ReplayEngine;

/**
 * The problems of a run and the engine that its strategy works on. Closed by whoever opened it.
 *
 * @param dataset name or file of the problems; that of the pool where none was given
 * @param settings of the dataset, as typed
 * @param replay the pool behind the engine, where there is one
 */
record Source(String dataset, Map<String, String> settings, Dataset problems, Engine engine, Optional<Pool> replay)
        implements AutoCloseable {

    /** Loads the problems, then the model. */
    static Source open(
            DatasetOptions dataset,
            ModelOptions model,
            Templates prompts,
            JudgeOptions judge,
            Environment environment) {
        var path = model.pool();
        if (path.isEmpty()) {
            var problems = dataset.load(environment);
            if (model.model().equals(EmbeddedModel.NAME) && !isGenerated(problems)) {
                environment
                        .err()
                        .printf(
                                "parathink: %s was trained on the generated countdown and arith families alone; on %s expect no right answers%n",
                                EmbeddedModel.NAME, dataset.name());
            }
            var engine = judge.join(model.open(environment, prompts), model, environment);
            engine.remarks().forEach(remark -> environment.err().println("parathink: " + remark));
            return new Source(dataset.name(), dataset.settings(), problems, engine, Optional.empty());
        }
        if (!prompts.isEmpty()) {
            throw new IllegalArgumentException("--prompts: a pool reads no prompts; leave --prompts out");
        }
        var pool = Pool.open(environment.folder().resolve(path.get()));
        try {
            pool.remarks().forEach(remark -> environment.err().println("parathink: " + remark));
            var problems = dataset.isGiven() ? dataset.load(environment) : dataset.load(pool, environment);
            var engine = judge.join(new ReplayEngine(pool, PoolDataset.prompts(problems, pool)), model, environment);
            var made =
                    pool.run().filter(run -> !dataset.isGiven()); // a replay has the dataset of the run that it replays
            return new Source(
                    made.map(RecordedRun::dataset).orElseGet(() -> dataset.isGiven() ? dataset.name() : model.model()),
                    made.map(RecordedRun::datasetSettings).orElseGet(dataset::settings),
                    problems,
                    engine,
                    Optional.of(pool));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The same, with completions that a model scores; it takes the model over. */
    Source rewardedBy(RewardModel model) {
        return new Source(dataset, settings, problems, new RewardedEngine(engine, model), replay);
    }

    private static boolean isGenerated(Dataset problems) {
        return Datasets.all().stream()
                .anyMatch(entry -> entry.generated() && entry.name().equals(problems.name()));
    }

    /** Refuses, before anything is written, what this source cannot do; says on standard error what else there is to know. */
    void check(RunSpec spec, Environment environment) {
        engine.render(Prompt.user("?")); // a template that cannot be rendered
        var first = problems.problems().getFirst().question();
        spec.objection(first, engine.dialect()).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        var strategy = spec.solver();
        engine.lacks(strategy.measures()).ifPresent(lack -> {
            throw new IllegalArgumentException(lack);
        });
        strategy.remarks().forEach(remark -> environment.err().println("parathink: " + remark));
        if (replay.isEmpty()) {
            strategy.needsPool().ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
        }
        replay.ifPresent(pool -> PoolTrial.of(spec, problems, pool, engine)
                .remarks()
                .forEach(remark -> environment.err().println("parathink: " + remark)));
    }

    /** Puts plain majority of the pool beside a replay that prunes: what the replay itself records of the pool is biased. */
    void writeMajority(RunSpec spec, Path folder) {
        var pruning = spec.solver().pruning();
        if (replay.isEmpty() || pruning.isEmpty()) {
            return;
        }
        try {
            PoolMajority.of(problems, replay.get(), engine, pruning.get()).writeTo(folder);
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be written (%s)".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
