package parathink.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import parathink.models.Templates;
import parathink.models.endpoint.ApiKey;
import parathink.models.endpoint.Caps;
import parathink.models.endpoint.EndpointAddress;
import parathink.models.endpoint.EndpointEngine;
import parathink.models.endpoint.Purse;
import parathink.models.endpoint.TokenPrices;
import picocli.CommandLine.Option;

/** How much a server may be asked for. None of it decides a result. */
final class EndpointOptions {
    private static final double MILLIS = 1000;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "64",
            description =
                    "Requests to a server in flight at once, at most; fewer when it has too much to do (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            converter = Numbers.Tokens.class,
            description = "Tokens a minute, read and decoded together, that a server is asked for at most.")
    private Optional<Long> tokensPerMinute = Optional.empty();

    @Option(
            names = "--max-usd",
            paramLabel = "USD",
            converter = Numbers.Amount.class,
            description =
                    "Stop, to go on later, when this command has spent so much; needs --price-in and --price-out.")
    private Optional<Double> usd = Optional.empty();

    @Option(
            names = "--price-in",
            paramLabel = "USD",
            converter = Numbers.Price.class,
            description = "Price of a million prompt tokens.")
    private Optional<Double> priceIn = Optional.empty();

    @Option(
            names = "--price-out",
            paramLabel = "USD",
            converter = Numbers.Price.class,
            description = "Price of a million decoded tokens.")
    private Optional<Double> priceOut = Optional.empty();

    @Option(
            names = "--retries",
            paramLabel = "N",
            converter = Numbers.NotNegative.class,
            defaultValue = "6",
            description =
                    "How often a request is tried again that a server did not answer (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Numbers.Amount.class,
            defaultValue = "120",
            description = "How long a server may say nothing before a request is given up (default: ${DEFAULT-VALUE}).")
    private double timeout;

    private Optional<Purse> purse = Optional.empty();

    /**
     * Connects to a server; the caller closes the engine.
     *
     * @throws parathink.models.ModelException when it cannot be reached, or has no such model
     */
    EndpointEngine open(String address, Environment environment, Templates prompts) {
        return EndpointEngine.open(EndpointAddress.parse(address), key(environment), caps(), purse(), prompts);
    }

    /**
     * Connects to the server of a judge, which sees the key of {@code --model} only where it is the same server.
     *
     * @param solving the model that solves, as given; nothing where none does
     * @throws parathink.models.ModelException when it cannot be reached, or has no such model
     */
    EndpointEngine openJudge(String address, Optional<String> solving, Environment environment, Templates prompts) {
        var judge = EndpointAddress.parse(address);
        boolean same = solving.filter(EndpointAddress::isOne)
                .map(EndpointAddress::parse)
                .filter(judge::sharesOrigin)
                .isPresent();
        var key = ApiKey.ofJudge(environment.variables()).orElseGet(() -> same ? key(environment) : ApiKey.NONE);
        return EndpointEngine.open(judge, key, caps(), purse(), prompts);
    }

    private static ApiKey key(Environment environment) {
        return ApiKey.find(
                environment.variables(),
                environment.home().resolve(".config").resolve("parathink").resolve("api-key"));
    }

    /** One for the whole command. */
    private Purse purse() {
        var shared = purse.orElseGet(() -> new Purse(caps()));
        purse = Optional.of(shared);
        return shared;
    }

    private Caps caps() {
        if (priceIn.isPresent() != priceOut.isPresent()) {
            throw new IllegalArgumentException("--price-in and --price-out belong together; give both, or neither");
        }
        return new Caps(
                requests,
                tokensPerMinute.map(OptionalLong::of).orElse(OptionalLong.empty()),
                usd.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                priceIn.isPresent() && priceOut.isPresent()
                        ? Optional.of(new TokenPrices(priceIn.get(), priceOut.get()))
                        : Optional.empty(),
                retries,
                Duration.ofMillis((long) Math.ceil(timeout * MILLIS)));
    }
}
