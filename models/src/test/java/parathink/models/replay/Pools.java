package parathink.models.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** Pools of one problem {@code p}, made for a test. */
final class Pools {
    static final Prompt PROMPT = Prompt.user("two?");
    static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 1000);

    private Pools() {}

    static Path write(Path folder, String... lines) throws IOException {
        return Files.writeString(folder.resolve("pool.jsonl"), String.join("\n", lines) + "\n");
    }

    static Path pack(Path folder, byte[] bytes) throws IOException {
        var file = folder.resolve("pool.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    /** A line with a text and as many tokens as it is said to have. */
    static String text(String text, int tokens) {
        return "{\"problem\": \"p\", \"text\": \"%s\", \"tokens\": %d}".formatted(text, tokens);
    }

    static ReplayEngine engine(Path pool) {
        return new ReplayEngine(Pool.open(pool), Map.of("p", PROMPT));
    }

    static ReplaySession open(ReplayEngine engine) {
        return open(engine, Budget.UNLIMITED, Journal.NONE);
    }

    static ReplaySession open(ReplayEngine engine, Budget budget, Journal journal) {
        return engine.open("p", budget, Seed.of(1), journal);
    }

    /** The recorded texts in the order in which a session with the usual seed gives them. */
    static List<String> order(Path pool) {
        try (var engine = engine(pool);
                var session = open(engine)) {
            int all = session.recorded();
            return session.decodeAll(session.start(PROMPT, SAMPLING).fork(all), StopRule.NONE).stream()
                    .map(Completion::text)
                    .toList();
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what it is told. */
    static final class Told implements Journal {
        final List<Completion> ended = new ArrayList<>();

        @Override
        public Optional<Completion> recorded(String path) {
            return Optional.empty();
        }

        @Override
        public void ended(Completion completion) {
            ended.add(completion);
        }
    }
}
