package parathink.models;

/**
 * What a problem may spend and has spent, shared by all sessions that work on it. Written by sessions alone, while their
 * strategy waits; a strategy never sees it.
 */
public final class Account {
    private final Budget budget;

    private long prefill;
    private long reused;
    private long work;
    private long span;
    private long judgePrefill;
    private long judgeWork;
    private long calls;
    private long delivered; // tokens on the longest chain whose end the strategy has seen

    public Account(Budget budget) {
        this.budget = budget;
    }

    /** Tokens that may still be decoded. */
    public long left() {
        return budget.tokens() - work;
    }

    /** Charges decoded tokens. */
    public void chargeWork(Role role, long tokens) {
        work += tokens;
        if (isJudge(role)) {
            judgeWork += tokens;
        }
    }

    /** Charges tokens of a text that was read. */
    public void chargePrefill(Role role, long tokens) {
        prefill += tokens;
        if (isJudge(role)) {
            judgePrefill += tokens;
        }
    }

    /** Counts context tokens that a sequence took over without computing them. */
    public void chargeReuse(long tokens) {
        reused += tokens;
    }

    /** Counts a decode. */
    public void chargeCall() {
        calls++;
    }

    /** Takes note of a chain of tokens. */
    public void extendSpan(long end) {
        span = Math.max(span, end);
    }

    /** Takes note that the strategy has seen the end of a chain of tokens: what it asks for next comes after them. */
    public void deliver(long end) {
        delivered = Math.max(delivered, end);
    }

    /** Tokens on the longest chain whose end the strategy has seen. */
    public long delivered() {
        return delivered;
    }

    /** The bill so far. */
    public Usage usage() {
        return new Usage(prefill, reused, work, span, judgePrefill, judgeWork, calls);
    }

    private static boolean isJudge(Role role) {
        return role.name().equals(Role.JUDGE.name());
    }
}
