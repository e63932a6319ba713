package parathink.eval.bench;

import java.util.Locale;

/**
 * What all measurements of a benchmark have in common.
 *
 * @param threads that compute
 * @param branches whether all rows are branches of one prompt, and not prompts of their own
 * @param temperature of draws; 0 is greedy
 * @param topP share of the most probable tokens that draws keep
 */
public record BenchSetting(int threads, boolean branches, double temperature, double topP) {
    /** Where rows come from and how their tokens are drawn, for a title. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%s, temperature %s, top-p %s",
                branches ? "branches of one prompt" : "a prompt a row",
                temperature,
                topP);
    }

    /** Tokens whose keys and values the rows of a shape hold in the end; a prompt that branches share counts once. */
    long heldTokens(BenchShape shape) {
        long own = branches ? shape.length() - shape.context() : shape.length();
        return Math.multiplyExact(own, shape.rows()) + (branches ? shape.context() : 0);
    }
}
