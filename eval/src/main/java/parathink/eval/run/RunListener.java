package parathink.eval.run;

import parathink.eval.directory.ProblemLine;

/** Hears how a run goes on. Called from many threads, one call at a time. */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = (line, seconds, tokens) -> {};

    /**
     * An attempt has ended.
     *
     * @param tokens decoded for it in this process
     */
    void ended(ProblemLine line, double seconds, long tokens);
}
