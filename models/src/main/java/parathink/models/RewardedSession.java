package parathink.models;

import java.util.List;
import java.util.OptionalDouble;

/** A session whose completions a reward model scores; what it reads is on the judge's part of the bill. Used by one thread; closes the session. */
public final class RewardedSession extends ForwardingSession {
    private final Account account;
    private final RewardModel model;

    /**
     * Takes over a session.
     *
     * @param account the session's own
     * @param model which stays its owner's
     */
    public RewardedSession(Session solving, Account account, RewardModel model) {
        super(solving);
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
}
