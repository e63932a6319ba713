package parathink.models.replay;

import java.util.List;
import java.util.Optional;
import parathink.models.Completion;
import parathink.models.ForkNode;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.StopRule;
import parathink.models.Substitutes;

/** A prompt, or a branch of it with the recorded completion that it will give. Used by the strategy's thread. */
final class ReplaySequence implements Sequence {
    private final ReplaySession session;
    private final ForkNode<ReplayRow> node;
    private final int maxTokens;
    private Optional<Draw> draw = Optional.empty();
    private boolean isBranch;
    private boolean paid;
    private boolean decoded;
    private Role role = Role.BRANCH;

    /** A prompt. */
    ReplaySequence(ReplaySession session, String path, int maxTokens) {
        this.session = session;
        this.node = new ForkNode<>(path);
        this.maxTokens = maxTokens;
    }

    /** A branch of this prompt that gives a draw. */
    ReplaySequence branch(Draw recorded) {
        var branch = new ReplaySequence(session, node.nextPath(), maxTokens);
        branch.draw = Optional.of(recorded);
        branch.isBranch = true;
        branch.paid = true;
        branch.role = role;
        return branch;
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Sequence as(Role wanted) {
        role = wanted;
        return this;
    }

    @Override
    public Sequence drawing(SamplingParams sampling) {
        throw session.needsNewText("draws otherwise than it began");
    }

    @Override
    public Sequence writing(Substitutes substitutes) {
        throw session.needsNewText("writes other tokens than the recorded ones");
    }

    ForkNode<ReplayRow> node() {
        return node;
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
        node.requireBranches(branches);
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

    /** The text in which a decode that was kept will end. */
    String foreseen() {
        return node.held()
                .orElseThrow(() -> new IllegalStateException("no decode of %s stands still".formatted(path())))
                .foreseen();
    }

    boolean owesPrompt() {
        return !paid;
    }

    void paid() {
        paid = true;
    }
}
