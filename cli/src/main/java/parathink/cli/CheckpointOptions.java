package parathink.cli;

import parathink.models.endpoint.EndpointAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
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
     * Tokens between two checkpoints, 0 for none; the model saves them so.
     *
     * @throws IllegalArgumentException where completions cannot be gone on with in their middle
     */
    int tokens(ModelOptions model) {
        if (tokens > 0 && EndpointAddress.isOne(model.model())) {
            throw new IllegalArgumentException(
                    "%s %d: a server cannot go on in the middle of a completion with the same random draws; leave it out"
                            .formatted(NAME, tokens));
        }
        if (tokens > 0 && model.pool().isPresent()) {
            throw new IllegalArgumentException(
                    "%s %d: a pool's completions are on disk already; leave it out".formatted(NAME, tokens));
        }
        model.saveEvery(tokens);
        return tokens;
    }
}
