package parathink.models.endpoint;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** What one command may spend, on all servers that it asks. Thread-safe. */
public final class Purse {
    private final Caps caps;
    private final AtomicLong prompt = new AtomicLong();
    private final AtomicLong decoded = new AtomicLong();

    /** A full one, with the prices and the cap that are given. */
    public Purse(Caps caps) {
        this.caps = caps;
    }

    void ended(long promptTokens, long decodedTokens) {
        prompt.addAndGet(promptTokens);
        decoded.addAndGet(decodedTokens);
    }

    private OptionalDouble usd() {
        return caps.prices()
                .map(prices -> OptionalDouble.of(prices.of(prompt.get(), decoded.get())))
                .orElse(OptionalDouble.empty());
    }

    /** Refuses another request when the money is spent. */
    void check() throws Fault {
        double spent = usd().orElse(0);
        if (caps.usd().isPresent() && spent >= caps.usd().getAsDouble()) {
            throw Fault.of(
                    Fault.Remedy.STOP,
                    String.format(
                            Locale.ROOT,
                            "--max-usd %s is reached (%.4f spent); the same command with new money goes on",
                            caps.usd().getAsDouble(),
                            spent));
        }
    }
}
