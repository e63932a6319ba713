package parathink.models.endpoint;

import java.util.OptionalDouble;

/** The mean log-probability of tokens as they arrive, where the server tells theirs. Used by one thread. */
final class Logprobs {
    private double sum;
    private int tokens;

    void add(Piece piece) {
        for (var token : piece.tokens()) {
            if (Double.isFinite(token.logprob())) {
                sum += token.logprob();
                tokens++;
            }
        }
    }

    void clear() {
        sum = 0;
        tokens = 0;
    }

    OptionalDouble mean() {
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens);
    }
}
