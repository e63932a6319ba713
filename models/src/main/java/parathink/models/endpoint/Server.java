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
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** One OpenAI-compatible server: requests and what goes wrong with them. Thread-safe; closed by the engine. */
final class Server implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int ERROR_BYTES = 64 << 10;

    private final EndpointAddress address;
    private final ApiKey key;
    private final Refusals refusals;
    private final Duration longestSilence;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Silence.Guard guard;

    Server(EndpointAddress address, ApiKey key, Duration longestSilence) {
        this.address = address;
        this.key = key;
        this.refusals = new Refusals(address, key);
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
            refusals.throwIfRefused(response, bytes);
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
            refusals.throwIfRefused(response, words);
            throw fault(
                    Fault.Remedy.LOSE,
                    "answered with %s where a stream of events was asked for%s".formatted(type, refusals.words(words)));
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
            throw fault(Fault.Remedy.LOSE, "sent an event that is not JSON%s".formatted(refusals.words(data)));
        }
        var error = event.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            int code = error.path("code").asInt(0);
            throw code == 429 || code >= 500
                    ? Fault.congestion(OptionalLong.empty(), message("broke off%s".formatted(refusals.words(data))))
                    : fault(Fault.Remedy.LOSE, "broke off%s".formatted(refusals.words(data)));
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
        return refusals.message(what);
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
            throw fault(Fault.Remedy.AGAIN_OR_STOP, "cannot be reached: no connection in time; is the address right?")
                    .ofRefusal();
        } catch (HttpTimeoutException e) {
            throw silent();
        } catch (SSLException e) {
            throw fault(
                            Fault.Remedy.STOP,
                            "its certificate is not trusted: %s; import it into a trust store (PARATHINK_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE)"
                                    .formatted(plain(e)))
                    .ofRefusal();
        } catch (ConnectException e) {
            throw fault(
                            Fault.Remedy.AGAIN_OR_STOP,
                            "%s; start the server, or correct --model"
                                    .formatted(
                                            e.getCause() instanceof UnresolvedAddressException
                                                    ? "there is no such host"
                                                    : "the connection is refused"))
                    .ofRefusal();
        } catch (IOException e) {
            throw broken(e, 0);
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
