package parathink.models.replay;

import java.util.List;
import java.util.Optional;
import parathink.models.Completion;
import parathink.models.Role;
import parathink.models.Sequence;
import parathink.models.StopRule;

/** A prompt, or a branch of it with the recorded completion that it will give. Used by the strategy's thread. */
final class ReplaySequence implements Sequence {
    private final ReplaySession session;
    private final String path;
    private final int maxTokens;
    private Optional<Draw> draw = Optional.empty();
    private Optional<ReplayRow> held = Optional.empty(); // a decode that has paused, or ended before its pause
    private boolean isBranch;
    private boolean paid;
    private boolean decoded;
    private boolean closed;
    private int children;
    private long span;
    private Role role = Role.BRANCH;

    /** A prompt. */
    ReplaySequence(ReplaySession session, String path, int maxTokens) {
        this.session = session;
        this.path = path;
        this.maxTokens = maxTokens;
    }

    /** A branch of this prompt that gives a draw. */
    ReplaySequence branch(Draw recorded) {
        var branch = new ReplaySequence(session, path + "/" + children++, maxTokens);
        branch.draw = Optional.of(recorded);
        branch.isBranch = true;
        branch.paid = true;
        branch.role = role;
        return branch;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Sequence as(Role wanted) {
        role = wanted;
        return this;
    }

    Role role() {
        return role;
    }

    @Override
    public Completion decode(StopRule stop) {
        var completions = session.decodeAll(List.of(this), stop);
        if (completions.isEmpty()) {
            throw session.needsNewText("draws more completions than the %d recorded".formatted(session.recorded()));
        }
        return completions.getFirst();
    }

    @Override
    public List<Sequence> fork(int branches) {
        if (branches < 1) {
            throw new IllegalArgumentException("branches must be at least 1, got " + branches);
        }
        requireOpen();
        if (decoded || isBranch) {
            throw session.needsNewText("forks a sequence that has begun to answer");
        }
        return session.fork(this, branches);
    }

    @Override
    public Sequence merge(List<? extends Sequence> branches) {
        throw session.needsNewText("merges branches and goes on from there");
    }

    @Override
    public void append(String text) {
        throw session.needsNewText("appends a text to a sequence");
    }

    @Override
    public void cancel(String reason) {
        session.cancel(this, reason);
    }

    ReplaySession session() {
        return session;
    }

    int maxTokens() {
        return maxTokens;
    }

    /** The completion to give; each sequence gives one. */
    Optional<Draw> takeDraw() {
        if (decoded) {
            throw session.needsNewText("goes on with a sequence that has ended");
        }
        decoded = true;
        return isBranch ? draw : session.take();
    }

    /** Keeps a decode for later. */
    void hold(ReplayRow row) {
        held = Optional.of(row);
    }

    /** Gives the decode that was kept, once. */
    Optional<ReplayRow> takeHeld() {
        var row = held;
        held = Optional.empty();
        return row;
    }

    boolean owesPrompt() {
        return !paid;
    }

    void paid() {
        paid = true;
    }

    long span() {
        return span;
    }

    void extendSpan(long end) {
        span = Math.max(span, end);
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("sequence %s has ended".formatted(path));
        }
    }
}
