package parathink.models.endpoint;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How much a server may be asked for.
 *
 * @param requests in flight at once, at least 1; the number used adapts below it
 * @param tokensPerMinute prompt and decoded tokens together
 * @param usd money that one process may spend; needs prices
 * @param prices of tokens
 * @param retries of one request, 0 or more, before it is given up
 * @param silence the longest time without a line from the server before a request is given up
 */
public record Caps(
        int requests,
        OptionalLong tokensPerMinute,
        OptionalDouble usd,
        Optional<TokenPrices> prices,
        int retries,
        Duration silence) {
    /** 64 requests, 6 retries, two minutes of silence, no other cap. */
    public static final Caps USUAL =
            new Caps(64, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), 6, Duration.ofMinutes(2));

    public Caps {
        Objects.requireNonNull(prices, "prices");
        if (requests < 1) {
            throw new IllegalArgumentException("requests must be at least 1, got " + requests);
        }
        if (tokensPerMinute.isPresent() && tokensPerMinute.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "tokens per minute must be at least 1, got " + tokensPerMinute.getAsLong());
        }
        if (usd.isPresent() && !(usd.getAsDouble() > 0)) {
            throw new IllegalArgumentException("--max-usd must be above 0, got " + usd.getAsDouble());
        }
        if (usd.isPresent() && prices.isEmpty()) {
            throw new IllegalArgumentException(
                    "--max-usd needs prices: --price-in and --price-out, USD a million tokens, as options or in the settings file");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be 0 or more, got " + retries);
        }
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("the time-out must be above 0, got " + silence);
        }
    }
}
