package parathink.cli;

import java.util.Optional;
import java.util.stream.Stream;
import parathink.models.endpoint.EndpointAddress;
import picocli.CommandLine.ParseResult;

/**
 * Options of servers that were typed where nothing runs on a server; each is refused. In a file of settings they may stand all the same.
 *
 * @param given what was typed
 */
record UnreadServerOptions(ParseResult given) {
    private static final String[] OPTIONS = {
        "--max-requests", "--tokens-per-minute", "--max-usd", "--price-in", "--price-out", "--retries", "--timeout"
    };

    /** Throws where there is one. */
    void refuse() {
        if (given.commandSpec().findOption("--max-requests") == null) {
            return; // a command that asks no model has prices of its own
        }
        if (Stream.of("--model", "--judge").flatMap(this::model).anyMatch(EndpointAddress::isOne)) {
            return;
        }
        for (var option : OPTIONS) {
            if (given.hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        "%s is for models behind a server, and none is asked here; leave it out".formatted(option));
            }
        }
    }

    /** What an option names, where the command has it. */
    private Stream<String> model(String option) {
        var known = given.commandSpec().findOption(option);
        if (known == null) {
            return Stream.empty();
        }
        Object value = known.getValue();
        return value instanceof Optional<?> some
                ? some.stream().map(Object::toString)
                : Optional.ofNullable(value).stream().map(Object::toString);
    }
}
