package parathink.models;

import java.util.OptionalDouble;

/**
 * What is known of a completion that was generated earlier, beyond what any engine measures.
 *
 * @param score of an outside verifier, such as a reward model
 * @param seconds it took to generate
 */
public record Recorded(OptionalDouble score, OptionalDouble seconds) {
    /** Of a completion that is generated now. */
    public static final Recorded NOTHING = new Recorded(OptionalDouble.empty(), OptionalDouble.empty());
}
