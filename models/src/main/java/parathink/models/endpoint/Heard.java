package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has come back of one request of the probe. Used by one thread. */
final class Heard {
    private final StringBuilder text = new StringBuilder();
    private final List<Piece.Token> tokens = new ArrayList<>();
    private Optional<Piece.Count> count = Optional.empty();
    private boolean reasoning;
    private long arrived;

    void add(Piece piece) {
        text.append(piece.reasoning()).append(piece.text());
        tokens.addAll(piece.tokens());
        reasoning |= !piece.reasoning().isEmpty();
        arrived += piece.size();
        count = piece.usage().or(() -> count);
    }

    /** Pays as the server counted, else so much. */
    void pay(Spending spending, Purse.Hold hold, long prompt, long decoded) {
        spending.ended(
                hold,
                count.map(Piece.Count::prompt).orElse(prompt),
                count.map(Piece.Count::decoded).orElse(decoded));
    }

    /** Thinking and answer. */
    String text() {
        return text.toString();
    }

    List<Piece.Token> tokens() {
        return List.copyOf(tokens);
    }

    Optional<Piece.Count> count() {
        return count;
    }

    /** Whether there was thinking in a field of its own. */
    boolean reasoning() {
        return reasoning;
    }

    /** Tokens that have arrived. */
    long arrived() {
        return arrived;
    }
}
