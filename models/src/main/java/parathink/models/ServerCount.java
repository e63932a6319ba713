package parathink.models;

import java.util.OptionalLong;

/**
 * What a server counted of the requests that gave one completion, so that a run that goes on later has the same bill.
 *
 * @param prompt tokens of the prompt, computed or not; nothing where they were not counted
 * @param cached those of them that were not computed again
 * @param lost tokens of earlier tries whose streams broke: decoded, and in no completion
 */
public record ServerCount(OptionalLong prompt, long cached, long lost) {
    /** Nothing was counted: of every completion that no server gave. */
    public static final ServerCount NONE = new ServerCount(OptionalLong.empty(), 0, 0);

    public ServerCount {
        if (cached < 0 || cached > prompt.orElse(0)) {
            throw new IllegalArgumentException(
                    "cached tokens must be between 0 and the prompt's %d, got %d".formatted(prompt.orElse(0), cached));
        }
        if (lost < 0) {
            throw new IllegalArgumentException("lost tokens must be 0 or more, got " + lost);
        }
    }
}
