package parathink.models;

/** A session whose judge works on another model, on the same bill. Used by one thread; closes both. */
final class JudgedSession extends ForwardingSession {
    private final Session judging;

    JudgedSession(Session solving, Session judging) {
        super(solving);
        this.judging = judging;
    }

    @Override
    public Session judge() {
        return judging.judge();
    }

    @Override
    public void close() {
        try (judging) {
            super.close();
        }
    }
}
