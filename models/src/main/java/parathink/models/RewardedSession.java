package parathink.models;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A session whose completions a reward model scores; what it reads is on the judge's part of the bill. Used by one thread; closes the session. */
public final class RewardedSession implements Session {
    private final Session solving;
    private final Account account;
    private final RewardModel model;

    /**
     * Takes over a session.
     *
     * @param account the session's own
     * @param model which stays its owner's
     */
    public RewardedSession(Session solving, Account account, RewardModel model) {
        this.solving = solving;
        this.account = account;
        this.model = model;
    }

    @Override
    public List<OptionalDouble> rewards(String question, List<Completion> completions) {
        var rewards = model.rewards(question, completions);
        account.chargePrefill(
                Role.JUDGE, rewards.stream().mapToLong(Reward::tokens).sum());
        return rewards.stream().map(Reward::score).toList();
    }

    @Override
    public Sequence start(Prompt prompt, SamplingParams sampling) {
        return solving.start(prompt, sampling);
    }

    @Override
    public List<Completion> decodeAll(List<? extends Sequence> sequences, StopRule stop) {
        return solving.decodeAll(sequences, stop);
    }

    @Override
    public Iterable<Completion> asCompleted(List<? extends Sequence> sequences, StopRule stop) {
        return solving.asCompleted(sequences, stop);
    }

    @Override
    public List<Progress> decodeUntil(List<? extends Sequence> sequences, StopRule stop, Pause pause) {
        return solving.decodeUntil(sequences, stop, pause);
    }

    @Override
    public List<Completion> choose(List<? extends Sequence> sequences, Choice choice) {
        return solving.choose(sequences, choice);
    }

    @Override
    public Session judge() {
        return solving.judge();
    }

    @Override
    public Dialect dialect() {
        return solving.dialect();
    }

    @Override
    public String fitting(String text, int tokens) {
        return solving.fitting(text, tokens);
    }

    @Override
    public List<Integer> draw(String name, int some, int of) {
        return solving.draw(name, some, of);
    }

    @Override
    public long tokens(Collection<Completion> calls) {
        return solving.tokens(calls);
    }

    @Override
    public Map<String, String> notes() {
        return solving.notes();
    }

    @Override
    public Usage usage() {
        return solving.usage();
    }

    @Override
    public void close() {
        solving.close();
    }
}
