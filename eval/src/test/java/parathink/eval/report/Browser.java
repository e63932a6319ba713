package parathink.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import parathink.eval.directory.Json;

/**
 * A headless Chromium without a network, spoken to over its DevTools protocol. Collects whatever the page writes to its
 * console and every request it makes. Closed by whoever opened it; used by one thread.
 */
final class Browser implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private String session = "";

    private Browser(Process process, String address) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
    }

    /** Starts a browser with a profile of its own. */
    static Browser start(Path profile) throws Exception {
        var process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            var browser = new Browser(process, address(process));
            browser.attach();
            return browser;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String address(Process process) throws IOException {
        var said = process.inputReader(); // left open: the browser goes on writing to it
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf("ws://");
            if (at >= 0) {
                return line.substring(at).strip();
            }
        }
        throw new IOException("chromium ended before it listened");
    }

    private void attach() {
        var target = call("Target.createTarget", params().put("url", "about:blank"))
                .path("targetId")
                .textValue();
        session = call("Target.attachToTarget", params().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .textValue();
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", params());
        }
        call(
                "Network.emulateNetworkConditions",
                params().put("offline", true)
                        .put("latency", 0)
                        .put("downloadThroughput", -1)
                        .put("uploadThroughput", -1));
    }

    static ObjectNode params() {
        return Json.MAPPER.createObjectNode();
    }

    JsonNode call(String method, ObjectNode params) {
        int id = calls.incrementAndGet();
        var message = Json.MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", params);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        try {
            socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(method + " failed; the console says " + console, e);
        }
    }

    /** Opens a page and waits until it says that it is ready. */
    void open(Path page) {
        open(page, "");
    }

    /** Opens a page at an address in it, such as {@code #problem=a}. */
    void open(Path page, String at) {
        call("Page.navigate", params().put("url", page.toUri() + at));
        evaluate("""
                new Promise(done => {
                  const look = () => document.documentElement && document.documentElement.dataset.ready ? done(true) : setTimeout(look, 20);
                  look();
                })""");
    }

    /** The value of an expression, or of the promise it gives. */
    JsonNode evaluate(String expression) {
        var answer = call(
                "Runtime.evaluate",
                params().put("expression", expression).put("awaitPromise", true).put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** Presses and releases a key where the focus is. */
    void press(String key) {
        int code = key.equals("Enter") ? 13 : 0;
        for (var type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    params().put("type", type)
                            .put("key", key)
                            .put("code", key)
                            .put("windowsVirtualKeyCode", code)
                            .put("text", key.equals("Enter") && type.equals("keyDown") ? "\r" : ""));
        }
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                params().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    void colours(String scheme) {
        var params = params();
        params.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", params);
    }

    /** A picture of a part of the page, from its left edge. */
    void screenshot(Path file, int top, int width, int height) throws IOException {
        var params = params().put("format", "png").put("captureBeyondViewport", true);
        params.putObject("clip")
                .put("x", 0)
                .put("y", top)
                .put("width", width)
                .put("height", height)
                .put("scale", 1);
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", params)
                                .path("data")
                                .textValue()));
    }

    void pdf(Path file) throws IOException {
        var answer = call("Page.printToPDF", params().put("printBackground", false));
        Files.write(file, Base64.getDecoder().decode(answer.path("data").textValue()));
    }

    List<String> console() {
        return new ArrayList<>(console);
    }

    /** Leaves out of the console what a test provoked. */
    void forget() {
        console.clear();
    }

    /** Addresses asked for, blobs and data left out. */
    List<String> requests() {
        return requests.stream()
                .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
        var family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join()); // nobody writes to the profile any more
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void accept(String message) {
            try {
                var json = Json.MAPPER.readTree(message);
                if (json.has("id")) {
                    var answer = waiting.remove(json.path("id").intValue());
                    if (json.has("error")) {
                        answer.completeExceptionally(
                                new IOException(json.path("error").toString()));
                    } else {
                        answer.complete(json.path("result"));
                    }
                    return;
                }
                var params = json.path("params");
                switch (json.path("method").asText()) {
                    case "Runtime.consoleAPICalled" ->
                        console.add(params.path("args").toString());
                    case "Runtime.exceptionThrown" ->
                        console.add(params.path("exceptionDetails").toString());
                    case "Log.entryAdded" -> console.add(params.path("entry").toString());
                    case "Page.javascriptDialogOpening" -> console.add("dialog: " + params);
                    case "Network.requestWillBeSent" ->
                        requests.add(params.path("request").path("url").asText());
                    default -> {} // of the many events only these are looked at
                }
            } catch (IOException e) {
                console.add("unreadable message: " + e.getMessage());
            }
        }
    }
}
