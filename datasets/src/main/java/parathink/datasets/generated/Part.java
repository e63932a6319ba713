package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/**
 * One thing to work out in an arithmetic problem. Drawing a part and solving it both take random numbers, and the order in
 * which they are taken is what makes a family reproducible: it must not change.
 */
interface Part {
    List<String> REQUESTS = List.of("Find ", "What is ", "Compute ");

    /** What is to be worked out, as a noun phrase that fits into a sentence. */
    String phrase();

    /** Works the part out step by step. {@code known} holds the values of the parts before it, by name. */
    int solve(Map<String, Integer> known, Working working);

    /** The part as the question of a problem. */
    default String question(MersenneTwister random) {
        var request = random.pick(REQUESTS);
        return request + phrase() + (request.equals("What is ") ? "?" : ".");
    }
}
