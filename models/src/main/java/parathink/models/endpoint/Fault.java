package parathink.models.endpoint;

import java.util.OptionalLong;
import parathink.models.ModelException;

/** Why a request came to nothing, and what is to be done about it: the table of docs/endpoints.md. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is to be done. */
    enum Remedy {
        /** Try again; when that does not help either, the problem ends in an error. */
        AGAIN,
        /** Try again; when that does not help either, the run stops. */
        AGAIN_OR_STOP,
        /** The problem ends in an error: the same request would fail again, others may not. */
        LOSE,
        /** The run stops: no request would fare better. */
        STOP
    }

    private final Remedy remedy;
    private final boolean congestion;
    private final boolean refused;
    private final transient OptionalLong waitNanos;

    private Fault(Remedy remedy, boolean congestion, boolean refused, OptionalLong waitNanos, String message) {
        super(message);
        this.remedy = remedy;
        this.congestion = congestion;
        this.refused = refused;
        this.waitNanos = waitNanos;
    }

    /** A fault that says nothing of how busy the server is. */
    static Fault of(Remedy remedy, String message) {
        return new Fault(remedy, false, false, OptionalLong.empty(), message);
    }

    /** A server that has too much to do. */
    static Fault congestion(OptionalLong waitNanos, String message) {
        return new Fault(Remedy.AGAIN, true, false, waitNanos, message);
    }

    /** The same of a request that cost nothing: it did not come to the server, or was turned away by its status. */
    Fault ofRefusal() {
        return new Fault(remedy, congestion, true, waitNanos, getMessage());
    }

    /** Whether the request cost nothing; of any other one that was written the server may have read the prompt. */
    boolean isRefusal() {
        return refused;
    }

    boolean isPassing() {
        return remedy == Remedy.AGAIN || remedy == Remedy.AGAIN_OR_STOP;
    }

    /** Whether the server's words name such a field. */
    boolean names(String field) {
        return getMessage().contains(field);
    }

    /** Throws itself where there was no server to answer. */
    void throwIfUnreachable() throws Fault {
        if (remedy == Remedy.AGAIN_OR_STOP) {
            throw this;
        }
    }

    boolean isCongestion() {
        return congestion;
    }

    Remedy remedy() {
        return remedy;
    }

    /** How long the server asked to be left alone, in nanoseconds. */
    OptionalLong waitNanos() {
        return waitNanos;
    }

    /** As the strategy's thread sees it, once nothing more is tried. */
    ModelException inRun() {
        return switch (remedy) {
            case AGAIN, LOSE -> new ModelException(ModelException.Kind.FAILED, getMessage(), this);
            case AGAIN_OR_STOP, STOP -> new ModelException(ModelException.Kind.HALTED, getMessage(), this);
        };
    }

    /** As whoever opens the engine sees it. */
    ModelException atStart() {
        return switch (remedy) {
            case AGAIN, AGAIN_OR_STOP -> new ModelException(ModelException.Kind.MISSING, getMessage(), this);
            case LOSE, STOP -> new ModelException(ModelException.Kind.UNUSABLE, getMessage(), this);
        };
    }
}
