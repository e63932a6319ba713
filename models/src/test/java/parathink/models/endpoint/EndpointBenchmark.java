package parathink.models.endpoint;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Templates;

/**
 * What the engine costs on a server that answers at once: completions a second, and the heap in use after a collection when a
 * tenth of them and when all are done. Run by {@code scripts/bench/endpoint}, which starts a server ({@code serve FILE}, whose
 * port is written into the file) and a client ({@code ask PORT COMPLETIONS}).
 */
final class EndpointBenchmark {
    private static final int BRANCHES = 8;
    private static final int PROBLEMS = 16; // at once

    private EndpointBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve(Path.of(arguments[1]));
        } else {
            ask(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private static void ask(int port, int completions) throws InterruptedException {
        var address = EndpointAddress.parse("http://127.0.0.1:%d/v1#m".formatted(port));
        try (var engine =
                EndpointEngine.open(address, ApiKey.NONE, Caps.USUAL, new Purse(Caps.USUAL), Templates.NONE)) {
            solve(engine, completions / 10);
            long early = heap();
            long processor = processorNanos();
            long begun = System.nanoTime();
            solve(engine, completions);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double used = (processorNanos() - processor) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%d completions, %.1f s, %.0f a second; %.1f s of processor time, %.0f completions a second of it; heap"
                            + " %d KiB before, %d KiB after%n",
                    completions,
                    seconds,
                    completions / seconds,
                    used,
                    completions / used,
                    early >> 10,
                    heap() >> 10);
        }
    }

    private static void solve(EndpointEngine engine, int completions) throws InterruptedException {
        var left = new AtomicInteger(completions / BRANCHES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PROBLEMS; i++) {
                var _ = threads.submit(() -> {
                    for (int problem = left.getAndDecrement(); problem > 0; problem = left.getAndDecrement()) {
                        try (var session =
                                engine.open("p" + problem, Budget.UNLIMITED, Seed.of(problem), Journal.NONE)) {
                            var trunk = session.start(Prompt.user("two and two?"), engine.defaults());
                            session.decodeAll(trunk.fork(BRANCHES), StopRule.NONE);
                        }
                    }
                });
            }
        }
    }

    /** Of all threads of this process. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void serve(Path portFile) throws IOException {
        var answer = answer();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
            Files.writeString(portFile, Integer.toString(server.getLocalPort()));
            while (true) {
                var socket = server.accept();
                var _ = threads.submit(() -> answerAll(socket, answer));
            }
        }
    }

    private static Void answerAll(Socket socket, byte[] answer) throws IOException {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            for (int length = requestLength(in); length >= 0; length = requestLength(in)) {
                in.skipNBytes(length);
                socket.getOutputStream().write(answer);
            }
        }
        return null;
    }

    /** Reads the head of a request; the bytes of its body, or -1 at the end of the connection. */
    private static int requestLength(InputStream in) throws IOException {
        int length = -1;
        var line = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read != '\n') {
                line.append((char) read);
                continue;
            }
            if (line.length() <= 1) {
                return length;
            }
            var text = line.toString().strip().toLowerCase(Locale.ROOT);
            length = text.startsWith("content-length:")
                    ? Integer.parseInt(text.substring(15).strip())
                    : Math.max(0, length);
            line.setLength(0);
        }
        return -1;
    }

    private static byte[] answer() {
        var events = new StringBuilder();
        for (var word : new String[] {"The", " answer", " is", " 4", "."}) {
            events.append(
                            "data: {\"id\": \"x\", \"object\": \"chat.completion.chunk\", \"model\": \"m\", \"choices\": [{\"index\": 0, \"delta\": {\"content\": \"")
                    .append(word)
                    .append("\"}, \"finish_reason\": null}]}\n\n");
        }
        events.append("data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n")
                .append("data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 6}}\n\n")
                .append("data: [DONE]\n\n");
        var body = events.toString();
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
