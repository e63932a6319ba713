package parathink.models;

import java.util.Map;
import java.util.TreeMap;

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

    /** The solving session's, and the judge's under names of their own. */
    @Override
    public Map<String, String> notes() {
        var notes = new TreeMap<>(super.notes());
        judging.notes().forEach((topic, note) -> notes.put("judge " + topic, note));
        return notes;
    }

    @Override
    public void close() {
        try (judging) {
            super.close();
        }
    }
}
