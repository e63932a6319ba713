package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.List;
import parathink.models.Completion;
import parathink.models.ForkNode;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.StopRule;
import parathink.models.Substitutes;

/** A prompt and the text that has been written after it. The server keeps nothing of it. Used by the strategy's thread. */
final class EndpointSequence implements Sequence {
    private final EndpointSession session;
    private final ForkNode<EndpointRow> node;
    private final Prompt prompt;
    private SamplingParams sampling;
    private final StringBuilder begun; // decoded and appended
    private Role role;

    EndpointSequence(
            EndpointSession session, String path, Prompt prompt, SamplingParams sampling, String begun, Role role) {
        this.session = session;
        this.node = new ForkNode<>(path);
        this.prompt = prompt;
        this.sampling = sampling;
        this.begun = new StringBuilder(begun);
        this.role = role;
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
    public Sequence drawing(SamplingParams wanted) {
        sampling = wanted;
        return this;
    }

    @Override
    public Sequence writing(Substitutes substitutes) {
        throw session.needs().noSubstitutes();
    }

    ForkNode<EndpointRow> node() {
        return node;
    }

    Role role() {
        return role;
    }

    @Override
    public Completion decode(StopRule stop) {
        return session.decodeAll(List.of(this), stop).getFirst();
    }

    /** Each branch is a request of its own: a seed of its own, and a stream that can be closed alone. */
    @Override
    public List<Sequence> fork(int branches) {
        node.requireBranches(branches);
        var forks = new ArrayList<Sequence>();
        for (int i = 0; i < branches; i++) {
            forks.add(below(begun.toString(), node.span()));
        }
        return forks;
    }

    @Override
    public Sequence merge(List<? extends Sequence> branches) {
        node.requireOpen();
        var text = new StringBuilder(begun);
        long longest = node.span();
        for (var branch : branches) {
            var fork = (EndpointSequence) branch;
            if (fork.session != session || !fork.node.isBelow(node) || fork.begun.indexOf(begun.toString()) != 0) {
                throw node.notMine(fork.node);
            }
            text.append(fork.begun, begun.length(), fork.begun.length());
            longest = Math.max(longest, fork.node.span());
        }
        return below(text.toString(), longest);
    }

    private EndpointSequence below(String text, long chain) {
        var sequence = new EndpointSequence(session, node.nextPath(), prompt, sampling, text, role);
        sequence.node.extendSpan(chain);
        session.own(sequence);
        return sequence;
    }

    @Override
    public void append(String text) {
        node.requireBetweenDecodes();
        begun.append(text);
    }

    @Override
    public void cancel(String reason) {
        session.cancel(this, reason);
    }

    EndpointSession session() {
        return session;
    }

    Prompt prompt() {
        return prompt;
    }

    SamplingParams sampling() {
        return sampling;
    }

    /** What has been written after the prompt. */
    String begun() {
        return begun.toString();
    }

    /** Takes what a decode gave. */
    void accept(String text) {
        begun.append(text);
    }
}
