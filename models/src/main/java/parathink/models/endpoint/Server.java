package parathink.models.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** One OpenAI-compatible server: requests and what goes wrong with them. Thread-safe; closed by the engine. */
final class Server implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int WORDS = 300; // characters of a server's own words in a message
    private static final int ERROR_BYTES = 64 << 10;
    private static final double SECOND = 1e9;
    private static final long LONGEST_WAIT =
            300_000_000_000L; // nanoseconds; nobody watches a run that stands still for longer

    private final EndpointAddress address;
    private final ApiKey key;
    private final Duration longestSilence;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Silence.Guard guard;

    Server(EndpointAddress address, ApiKey key, Duration longestSilence) {
        this.address = address;
        this.key = key;
        this.longestSilence = longestSilence;
        this.guard = new Silence.Guard(longestSilence);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // a stream that is closed must close a connection of its own
                .followRedirects(HttpClient.Redirect.NEVER) // the key is for this server
                .connectTimeout(
                        longestSilence.compareTo(Duration.ofSeconds(10)) < 0 ? longestSilence : Duration.ofSeconds(10))
                .executor(threads)
                .build();
    }

    EndpointAddress address() {
        return address;
    }

    /** Asks for something small that is not streamed. */
    JsonNode get(String path) throws Fault, InterruptedException {
        var response = send(request(address.part(path)).GET().build());
        var silence = guard.watch();
        try {
            var bytes = bytes(response.body(), EventStream.LONGEST_LINE, silence);
            refuseStatus(response, bytes);
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw fault(Fault.Remedy.LOSE, "answered %s with what is not JSON".formatted(path));
        } catch (IOException e) {
            throw silence.isBroken() ? silent() : broken(e, 0);
        }
    }

    /** Sends a request whose answer is streamed; the caller closes the stream. */
    EventStream post(Asking asking) throws Fault, InterruptedException {
        var body = HttpRequest.BodyPublishers.ofString(asking.body().toString());
        var response = send(request(address.part(asking.path()))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(body)
                .build());
        var type = response.headers().firstValue("Content-Type").orElse("nothing");
        if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
            var words = firstBytes(response.body());
            refuseStatus(response, words);
            throw fault(
                    Fault.Remedy.LOSE,
                    "answered with %s where a stream of events was asked for%s".formatted(type, words(words)));
        }
        var silence = guard.watch();
        var stream = new EventStream(response.body(), silence);
        guard.end(silence, stream::close);
        return stream;
    }

    /** Ends a request. */
    void close(EventStream stream) {
        guard.forget(stream.silence());
        stream.close();
    }

    /** An event as JSON; the error that it tells of, where it does. */
    JsonNode read(byte[] data) throws Fault {
        JsonNode event;
        try {
            event = JSON.readTree(data);
        } catch (IOException e) {
            throw fault(Fault.Remedy.LOSE, "sent an event that is not JSON%s".formatted(words(data)));
        }
        var error = event.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            int code = error.path("code").asInt(0);
            throw code == 429 || code >= 500
                    ? Fault.congestion(OptionalLong.empty(), message("broke off%s".formatted(words(data))))
                    : fault(Fault.Remedy.LOSE, "broke off%s".formatted(words(data)));
        }
        return event;
    }

    /** What an exception while an answer was read means. */
    Fault broken(IOException failure, long tokens) {
        return fault(Fault.Remedy.AGAIN, "the connection broke after %d tokens: %s".formatted(tokens, plain(failure)));
    }

    /** What the end of a silence means. */
    Fault silent() {
        return Fault.congestion(
                OptionalLong.empty(), message("said nothing for %d s".formatted(longestSilence.toSeconds())));
    }

    Fault fault(Fault.Remedy remedy, String what) {
        return Fault.of(remedy, message(what));
    }

    private String message(String what) {
        return key.redact("%s: %s".formatted(address.base(), what));
    }

    private HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(longestSilence);
        key.header().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws Fault, InterruptedException {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            refusePacked(response);
            return response;
        } catch (HttpConnectTimeoutException e) {
            throw fault(Fault.Remedy.AGAIN_OR_STOP, "cannot be reached: no connection in time; is the address right?");
        } catch (HttpTimeoutException e) {
            throw silent();
        } catch (SSLException e) {
            throw fault(
                    Fault.Remedy.STOP,
                    "its certificate is not trusted: %s; import it into a trust store (PARATHINK_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE)"
                            .formatted(plain(e)));
        } catch (ConnectException e) {
            throw fault(
                    Fault.Remedy.AGAIN_OR_STOP,
                    "%s; start the server, or correct --model"
                            .formatted(
                                    e.getCause() instanceof UnresolvedAddressException
                                            ? "there is no such host"
                                            : "the connection is refused"));
        } catch (IOException e) {
            throw broken(e, 0);
        }
    }

    private void refuseStatus(HttpResponse<?> response, byte[] body) throws Fault {
        int status = response.statusCode();
        if (status == 200) {
            return;
        }
        var what = "answered %d%s".formatted(status, words(body));
        switch (status) {
            case 401, 403 ->
                throw fault(
                        Fault.Remedy.STOP,
                        what
                                + "; a key is read from PARATHINK_API_KEY or OPENAI_API_KEY, a judge's from PARATHINK_JUDGE_API_KEY");
            case 402 -> throw fault(Fault.Remedy.STOP, what);
            case 404 ->
                throw fault(Fault.Remedy.STOP, "%s; the model asked for is '%s'".formatted(what, address.model()));
            case 408, 425, 429, 503, 529 -> {
                if (new String(body, StandardCharsets.UTF_8).contains("insufficient_quota")) {
                    throw fault(Fault.Remedy.STOP, what);
                }
                var wait = waitNanos(response);
                if (wait.orElse(0) > LONGEST_WAIT) {
                    throw fault(
                            Fault.Remedy.STOP,
                            "%s; it asks to be left alone for %d s"
                                    .formatted(
                                            what,
                                            Duration.ofNanos(wait.getAsLong()).toSeconds()));
                }
                throw Fault.congestion(wait, message(what));
            }
            default -> {
                if (status >= 300 && status < 400) {
                    throw fault(
                            Fault.Remedy.STOP, "leads on to %s; give that address itself".formatted(host(response)));
                }
                throw fault(status >= 500 ? Fault.Remedy.AGAIN : Fault.Remedy.LOSE, what);
            }
        }
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

    /** Packed answers are never asked for, and one that comes is not unpacked: it might fill the memory. */
    private void refusePacked(HttpResponse<InputStream> response) throws Fault {
        var encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equals("identity")) {
            close(response.body());
            throw fault(
                    Fault.Remedy.STOP,
                    "answered in the encoding '%s', which was not asked for; turn compression off at the server or proxy"
                            .formatted(encoding.length() > 40 ? encoding.substring(0, 40) : encoding));
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

    /** The words of an error; none where they do not come, since its status says enough. */
    private byte[] firstBytes(InputStream body) {
        try {
            return bytes(body, ERROR_BYTES, guard.watch());
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** The beginning of a body, which is closed when it takes longer than a silence may last. */
    private byte[] bytes(InputStream body, int most, Silence silence) throws IOException {
        guard.end(silence, () -> close(body));
        try (body) {
            return body.readNBytes(most);
        } finally {
            guard.forget(silence);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // the request is over either way
        }
    }

    /** The server's own words, on one line. */
    private String words(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        try {
            var json = JSON.readTree(text);
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

    private static String plain(Exception failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }

    @Override
    public void close() {
        guard.close();
        http.shutdownNow();
        threads.shutdownNow();
    }
}
