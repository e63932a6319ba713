package parathink.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import parathink.models.Engine;
import parathink.models.ModelException;
import parathink.models.RewardModel;
import parathink.models.RewardedEngine;
import parathink.models.onnx.Device;
import parathink.models.onnx.OnnxRewardModel;
import parathink.models.onnx.OrtSettings;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Option;

/** What scores completions for {@code verifier=score}. */
final class RewardOptions {
    private static final String SCORE = "score";

    @Option(
            names = "--reward",
            paramLabel = "MODEL",
            description =
                    "Scores completions for -S verifier=score: the .onnx file of a classifier with one number a text, its"
                            + " tokenizer.json beside it (default: what a pool has in its column score).")
    private Optional<Path> reward = Optional.empty();

    @Option(
            names = "--reward-format",
            paramLabel = "TEXT",
            description =
                    "The text it reads, with {question} and {completion} (default: both as a pair, as its tokenizer frames"
                            + " them).")
    private Optional<String> format = Optional.empty();

    /**
     * The same source, whose completions the reward model scores where one is given; the caller closes it, and with it the model.
     *
     * @throws ModelException when there is no such model or it cannot be used; the source is closed then
     */
    Source over(Source source, RuntimeOptions runtime, Environment environment) {
        return open(source::close, runtime, environment).map(source::rewardedBy).orElse(source);
    }

    /** The same for an engine. */
    Engine over(Engine engine, RuntimeOptions runtime, Environment environment) {
        return open(engine::close, runtime, environment)
                .<Engine>map(model -> new RewardedEngine(engine, model))
                .orElse(engine);
    }

    /** Whether a strategy may ask it; a plug-in's may do so under settings of its own. */
    static boolean isAskedBy(StrategyEntry entry, Map<String, String> settings) {
        return SCORE.equals(settings.get("verifier")) || entry.plugin().isPresent();
    }

    /** Refuses a model that nothing would ask. */
    void refuseUnless(boolean asked) {
        if (reward.isPresent() && !asked) {
            throw new IllegalArgumentException(
                    "--reward %s: nothing would ask it; choose a strategy with verifiers, and -S verifier=score"
                            .formatted(reward.get()));
        }
    }

    /** Loads the model where one is given; what it is for is closed when that fails. */
    private Optional<RewardModel> open(Runnable closing, RuntimeOptions runtime, Environment environment) {
        try {
            if (format.isPresent() && reward.isEmpty()) {
                throw new IllegalArgumentException("--reward-format: there is no --reward MODEL that would read it");
            }
            return reward.map(file -> open(file, runtime.settings(environment, Device.CPU), environment));
        } catch (RuntimeException | Error e) {
            closing.run();
            throw e;
        }
    }

    private RewardModel open(Path file, OrtSettings settings, Environment environment) {
        if (!file.toString().endsWith(".onnx")) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "--reward: %s is not the .onnx file of a classifier".formatted(file));
        }
        return OnnxRewardModel.open(environment.folder().resolve(file), format, settings);
    }
}
