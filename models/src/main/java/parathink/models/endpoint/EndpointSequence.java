package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.models.Completion;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.StopRule;
import parathink.models.Substitutes;

/** A prompt and the text that has been written after it. The server keeps nothing of it. Used by the strategy's thread. */
final class EndpointSequence implements Sequence {
    private final EndpointSession session;
    private final String path;
    private final Prompt prompt;
    private SamplingParams sampling;
    private final StringBuilder begun; // decoded and appended
    private Role role;
    private Optional<EndpointRow> held = Optional.empty(); // a decode that has paused, or ended before its pause
    private int children;
    private int decodes;
    private long span;
    private boolean closed;

    EndpointSequence(
            EndpointSession session, String path, Prompt prompt, SamplingParams sampling, String begun, Role role) {
        this.session = session;
        this.path = path;
        this.prompt = prompt;
        this.sampling = sampling;
        this.begun = new StringBuilder(begun);
        this.role = role;
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

    @Override
    public Sequence drawing(SamplingParams wanted) {
        sampling = wanted;
        return this;
    }

    @Override
    public Sequence writing(Substitutes substitutes) {
        throw session.needs().noSubstitutes();
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
        if (branches < 1) {
            throw new IllegalArgumentException("branches must be at least 1, got " + branches);
        }
        requireOpen();
        var forks = new ArrayList<Sequence>();
        for (int i = 0; i < branches; i++) {
            forks.add(below(begun.toString(), span));
        }
        return forks;
    }

    @Override
    public Sequence merge(List<? extends Sequence> branches) {
        requireOpen();
        var text = new StringBuilder(begun);
        long longest = span;
        for (var branch : branches) {
            var fork = (EndpointSequence) branch;
            if (fork.session != session
                    || !fork.path.startsWith(path + "/")
                    || fork.begun.indexOf(begun.toString()) != 0) {
                throw new IllegalArgumentException("%s is not a branch of %s".formatted(fork.path, path));
            }
            text.append(fork.begun, begun.length(), fork.begun.length());
            longest = Math.max(longest, fork.span);
        }
        return below(text.toString(), longest);
    }

    private EndpointSequence below(String text, long chain) {
        var sequence = new EndpointSequence(session, nextPath(), prompt, sampling, text, role);
        sequence.span = chain;
        return session.own(sequence);
    }

    @Override
    public void append(String text) {
        requireOpen();
        if (held.isPresent()) {
            throw new IllegalStateException(
                    "the decode of %s has paused; it must end before a text is appended".formatted(path));
        }
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

    long span() {
        return span;
    }

    void extendSpan(long end) {
        span = Math.max(span, end);
    }

    /** The name of the next completion: this sequence's own for the first, then as for branches. */
    String nextDecodePath() {
        return decodes++ == 0 ? path : nextPath();
    }

    private String nextPath() {
        return path + "/" + children++;
    }

    void hold(EndpointRow row) {
        held = Optional.of(row);
    }

    Optional<EndpointRow> takeHeld() {
        var row = held;
        held = Optional.empty();
        return row;
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
