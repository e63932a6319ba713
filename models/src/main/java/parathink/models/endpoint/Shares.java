package parathink.models.endpoint;

import java.util.OptionalDouble;
import parathink.models.Choice;

/** Reads a verdict from the candidates for the first token of an answer. */
final class Shares {
    private Shares() {}

    /** The first label's share of the probability of both; a candidate counts for the label that it begins. Nothing for neither. */
    static OptionalDouble of(Choice labels, Piece.Token token) {
        double first = 0;
        double second = 0;
        for (var candidate : token.candidates()) {
            var word = candidate.text().strip();
            boolean beginsFirst = !word.isEmpty() && labels.first().startsWith(word);
            boolean beginsSecond = !word.isEmpty() && labels.second().startsWith(word);
            if (beginsFirst != beginsSecond) { // a beginning of both tells nothing
                double probability = StrictMath.exp(candidate.logprob());
                first += beginsFirst ? probability : 0;
                second += beginsSecond ? probability : 0;
            }
        }
        return first + second > 0 ? OptionalDouble.of(first / (first + second)) : OptionalDouble.empty();
    }
}
