package parathink.models;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is known of the requests that gave one completion, so that a run that goes on later asks for none of them again and has
 * the same bill.
 *
 * @param prompt tokens of the prompt as the server counted them, computed or not; nothing where they were not counted
 * @param cached those of them that were not computed again
 * @param lost tokens of earlier tries whose streams broke: decoded, and in no completion
 * @param read a hash of all that the model was given to read: the completion of another prompt is of no use
 * @param pauses where it stood still, in order
 */
public record ServerCount(OptionalLong prompt, long cached, long lost, OptionalLong read, List<Standstill> pauses) {
    /** Nothing is known: of every completion that no server gave. */
    public static final ServerCount NONE = new ServerCount(OptionalLong.empty(), 0, 0, OptionalLong.empty(), List.of());

    public ServerCount {
        pauses = List.copyOf(pauses);
        if (cached < 0 || cached > prompt.orElse(0)) {
            throw new IllegalArgumentException(
                    "cached tokens must be between 0 and the prompt's %d, got %d".formatted(prompt.orElse(0), cached));
        }
        if (lost < 0) {
            throw new IllegalArgumentException("lost tokens must be 0 or more, got " + lost);
        }
        for (int i = 1; i < pauses.size(); i++) {
            if (pauses.get(i).tokens() < pauses.get(i - 1).tokens()
                    || pauses.get(i).characters() < pauses.get(i - 1).characters()) {
                throw new IllegalArgumentException("pauses must be in order, got " + pauses);
            }
        }
    }
}
