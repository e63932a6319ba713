package parathink.strategies;

import parathink.models.SamplingParams;
import parathink.models.Step;

/**
 * What a call of a method of several may write.
 *
 * @param thinking tokens a call may think, on top of those of its solution; 0 where the sampling's limit is the only one
 * @param solution tokens of a solution that later calls read at most
 */
public record CallLimits(int thinking, int solution) {
    public CallLimits {
        Checks.atLeast("thinking", thinking, 0);
        Checks.atLeast("solution", solution, 1);
    }

    /** How an attempt is drawn. */
    SamplingParams attempt(SamplingParams sampling) {
        return limited(sampling, solution);
    }

    /** How a call is drawn that writes a text of so many tokens at most, after thinking. */
    SamplingParams writing(Step step, SamplingParams sampling, int tokens) {
        return step.within(limited(sampling, tokens));
    }

    private SamplingParams limited(SamplingParams sampling, int tokens) {
        if (thinking == 0) {
            return sampling;
        }
        return new SamplingParams(
                sampling.temperature(),
                sampling.topK(),
                sampling.topP(),
                sampling.minP(),
                (int) Math.min(sampling.maxTokens(), (long) thinking + tokens));
    }
}
