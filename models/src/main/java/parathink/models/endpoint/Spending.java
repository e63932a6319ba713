package parathink.models.endpoint;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What one process has asked of a server and got, whichever problem it was for. Thread-safe. */
public final class Spending {
    private final Caps caps;
    private final Purse purse;
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final AtomicLong prompt = new AtomicLong();
    private final AtomicLong decoded = new AtomicLong();

    /** Paid from a purse that others may pay from too. */
    Spending(Caps caps, Purse purse) {
        this.caps = caps;
        this.purse = purse;
    }

    void asked() {
        requests.increment();
    }

    /** A request is tried again; what it had decoded is lost. */
    void triedAgain(long tokens) {
        retries.increment();
        lost.add(tokens);
    }

    /** Tokens that had arrived when they were not wanted any more. */
    void notRead(long tokens) {
        unread.add(tokens);
    }

    /** Sets aside what a request can cost at most, before it is sent. */
    Purse.Hold hold(long promptTokens, long decodedTokens) throws Fault, InterruptedException {
        return purse.hold(promptTokens, decodedTokens);
    }

    /** Pays for nothing any more, on this server or another one. */
    void halt(Fault reason) {
        purse.halt(reason);
    }

    /** A request has ended: tokens that the server gave, wanted or not. */
    void ended(Purse.Hold hold, long promptTokens, long decodedTokens) {
        prompt.addAndGet(promptTokens);
        decoded.addAndGet(decodedTokens);
        hold.settle(promptTokens, decodedTokens);
    }

    /** Money spent so far; nothing without prices. */
    public OptionalDouble usd() {
        return caps.prices()
                .map(prices -> OptionalDouble.of(prices.of(prompt.get(), decoded.get())))
                .orElse(OptionalDouble.empty());
    }

    /** Requests sent, retries among them. */
    public long requests() {
        return requests.sum();
    }

    /** Requests that were tried again. */
    public long retries() {
        return retries.sum();
    }

    /** One line for the reader of a run. */
    public String line() {
        var line = new StringBuilder("%d requests".formatted(requests.sum()));
        if (retries.sum() > 0) {
            line.append(", %d of them tried again (%d tokens lost)".formatted(retries.sum(), lost.sum()));
        }
        if (unread.sum() > 0) {
            line.append(", %d tokens arrived and were not wanted any more".formatted(unread.sum()));
        }
        usd().ifPresent(money -> line.append(String.format(Locale.ROOT, ", %.4f USD", money)));
        return line.toString();
    }
}
