package parathink.models.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What the statuses of a server mean, and what it says of them, without the key. Immutable. */
final class Refusals {
    private static final int WORDS = 300; // characters of a server's own words in a message
    private static final double SECOND = 1e9;
    private static final long LONGEST_WAIT =
            300_000_000_000L; // nanoseconds; nobody watches a run that stands still for longer

    private final EndpointAddress address;
    private final ApiKey key;

    Refusals(EndpointAddress address, ApiKey key) {
        this.address = address;
        this.key = key;
    }

    /** A message that begins with the address. */
    String message(String what) {
        return key.redact("%s: %s".formatted(address.base(), what));
    }

    /** Throws what a status other than 200 means, in the words of the body. */
    void throwIfRefused(HttpResponse<?> response, byte[] body) throws Fault {
        if (response.statusCode() != 200) {
            throw of(response, body).ofRefusal();
        }
    }

    private Fault of(HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        var what = "answered %d%s".formatted(status, words(body));
        return switch (status) {
            case 401, 403 ->
                fault(
                        Fault.Remedy.STOP,
                        what
                                + "; a key is read from PARATHINK_API_KEY or OPENAI_API_KEY, a judge's from PARATHINK_JUDGE_API_KEY");
            case 402 -> fault(Fault.Remedy.STOP, what);
            case 404 -> fault(Fault.Remedy.STOP, "%s; the model asked for is '%s'".formatted(what, address.model()));
            case 408, 425, 429, 503, 529 -> busy(response, body, what);
            default ->
                status >= 300 && status < 400
                        ? fault(Fault.Remedy.STOP, "leads on to %s; give that address itself".formatted(host(response)))
                        : fault(status >= 500 ? Fault.Remedy.AGAIN : Fault.Remedy.LOSE, what);
        };
    }

    private Fault busy(HttpResponse<?> response, byte[] body, String what) {
        if (new String(body, StandardCharsets.UTF_8).contains("insufficient_quota")) {
            return fault(Fault.Remedy.STOP, what);
        }
        var wait = waitNanos(response);
        return wait.orElse(0) > LONGEST_WAIT
                ? fault(
                        Fault.Remedy.STOP,
                        "%s; it asks to be left alone for %d s"
                                .formatted(
                                        what, Duration.ofNanos(wait.getAsLong()).toSeconds()))
                : Fault.congestion(wait, message(what));
    }

    private Fault fault(Fault.Remedy remedy, String what) {
        return Fault.of(remedy, message(what));
    }

    private static String host(HttpResponse<?> redirect) {
        try {
            return redirect.headers()
                    .firstValue("Location")
                    .map(URI::create)
                    .map(URI::getHost)
                    .orElse("nowhere");
        } catch (IllegalArgumentException e) {
            return "what is no address";
        }
    }

    /** What {@code Retry-After} asks for in seconds; a date is left to the usual back-off. */
    private static OptionalLong waitNanos(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}(\\.\\d{1,6})?"))
                .map(seconds -> OptionalLong.of((long) (Double.parseDouble(seconds) * SECOND)))
                .orElse(OptionalLong.empty());
    }

    /** The server's own words, on one line. */
    String words(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        try {
            var json = Server.JSON.readTree(text);
            var error = json.path("error");
            text = Optional.of(error.path("message").asText(error.isTextual() ? error.textValue() : ""))
                    .filter(message -> !message.isEmpty())
                    .orElseGet(() ->
                            json.path("message").asText(json.path("detail").asText(json.toString())));
        } catch (IOException e) {
            // no JSON: as it stands
        }
        var line = key.redact(text)
                .replaceAll("[\\p{Cc}\\s]+", " ")
                .strip(); // before it is cut: a part of a key is one too
        return line.isEmpty() ? "" : ": " + (line.length() <= WORDS ? line : line.substring(0, WORDS) + "…");
    }
}
