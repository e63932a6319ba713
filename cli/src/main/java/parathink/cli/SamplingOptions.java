package parathink.cli;

import java.util.Optional;
import parathink.models.Engine;
import parathink.models.SamplingParams;
import picocli.CommandLine.Option;

/** How the next token is drawn; what is left out is what the model's makers recommend. */
final class SamplingOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            converter = Numbers.Temperature.class,
            description = "Divisor of the logits; 0 is greedy (default: the model's).")
    private Optional<Double> temperature = Optional.empty();

    @Option(
            names = "--top-p",
            paramLabel = "P",
            converter = Numbers.PositiveShare.class,
            description = "Keep the most probable tokens that together reach this share (default: the model's).")
    private Optional<Double> topP = Optional.empty();

    @Option(
            names = "--top-k",
            paramLabel = "K",
            converter = Numbers.NotNegative.class,
            description = "Keep the K most probable tokens; 0 keeps all (default: the model's).")
    private Optional<Integer> topK = Optional.empty();

    @Option(
            names = "--min-p",
            paramLabel = "P",
            converter = Numbers.Share.class,
            description =
                    "Keep tokens at least this share as probable as the most probable one (default: the model's).")
    private Optional<Double> minP = Optional.empty();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "The most tokens of one completion (default: the model's).")
    private Optional<Integer> maxTokens = Optional.empty();

    /**
     * The model's recommendation with what was asked for in its place.
     *
     * @throws IllegalArgumentException when a completion is to be longer than the model's context
     */
    SamplingParams over(Engine engine) {
        var context = engine.context();
        if (maxTokens.isPresent() && context.isPresent() && maxTokens.get() > context.getAsInt()) {
            throw new IllegalArgumentException(
                    "--max-tokens %d is more than the model can take: its context is %d tokens, the prompt among them"
                            .formatted(maxTokens.get(), context.getAsInt()));
        }
        var recommended = engine.defaults();
        return new SamplingParams(
                temperature.orElse(recommended.temperature()),
                topK.orElse(recommended.topK()),
                topP.orElse(recommended.topP()),
                minP.orElse(recommended.minP()),
                maxTokens.orElse(recommended.maxTokens()));
    }
}
