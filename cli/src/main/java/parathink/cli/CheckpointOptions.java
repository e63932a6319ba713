package parathink.cli;

import java.util.Optional;
import parathink.models.endpoint.EndpointAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How often a long completion is saved before it has ended. */
final class CheckpointOptions {
    private static final String NAME = "--checkpoint-tokens";

    @Option(
            names = NAME,
            paramLabel = "N",
            converter = Block.class,
            description =
                    "Save completions of a local model every N tokens too, 2 or more, so that after a kill they go on from there"
                            + " (default: only once they have ended). Part of what decides a result: docs/checkpoints.md.")
    private int tokens;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Reads a number of tokens from 2. */
    static final class Block implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int tokens = Integer.parseInt(text);
                if (tokens > 1) {
                    return tokens;
                }
            } catch (NumberFormatException e) {
                // told below, like a number that is too small
            }
            throw new TypeConversionException("'%s' is not a whole number of tokens, 2 or more".formatted(text));
        }
    }

    /**
     * Tokens between two checkpoints, 0 for none; the model saves them so. A default from a file of settings or the environment is left
     * aside where it cannot apply, which is said.
     *
     * @throws IllegalArgumentException where it was typed and completions cannot be gone on with in their middle
     */
    int tokens(ModelOptions model, Environment environment) {
        var obstacle = tokens > 0 ? obstacle(model) : Optional.<String>empty();
        if (obstacle.isEmpty()) {
            model.saveEvery(tokens);
            return tokens;
        }
        if (command.commandLine().getParseResult().hasMatchedOption(NAME)) {
            throw new IllegalArgumentException("%s %d: %s; leave it out".formatted(NAME, tokens, obstacle.get()));
        }
        environment
                .err()
                .printf(
                        "%s: the default checkpoint-tokens %d is not used here: %s%n",
                        command.qualifiedName(), tokens, obstacle.get());
        return 0;
    }

    /** Why a completion cannot be saved in its middle, if so. */
    private static Optional<String> obstacle(ModelOptions model) {
        if (EndpointAddress.isOne(model.model())) {
            return Optional.of("a server cannot go on in the middle of a completion with the same random draws");
        }
        return model.pool().map(path -> "a pool's completions are on disk already");
    }
}
