package parathink.models;

/** A model or engine that is missing, cannot be loaded, or failed; the message names it and what would be right. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the reader can do about it; decides the exit code. */
    public enum Kind {
        /** Not on this machine (exit code 4). */
        MISSING,
        /** There, but not a model that can be used, or used wrongly (exit code 2). */
        UNUSABLE,
        /** Cannot do what the strategy asks of it, whatever the problem (exit code 2). */
        UNABLE,
        /** The text at hand is longer than its context: that text is lost, others are not (exit code 1). */
        FULL,
        /** Cannot go on for now, whatever the problem: the run stops, to go on later (exit code 130). */
        HALTED,
        /** Failed while running: the problem at hand is lost, others are not (exit code 1). */
        FAILED
    }

    private final Kind kind;

    public ModelException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
