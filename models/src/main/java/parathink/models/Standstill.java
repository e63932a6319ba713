package parathink.models;

/**
 * Where a decode stood still and then went on.
 *
 * @param tokens decoded by then, 1 or more
 * @param characters of its text by then
 */
public record Standstill(int tokens, int characters) {
    public Standstill {
        if (tokens < 1 || characters < 0) {
            throw new IllegalArgumentException(
                    "a decode stands still after a token or more, got %d tokens and %d characters"
                            .formatted(tokens, characters));
        }
    }
}
