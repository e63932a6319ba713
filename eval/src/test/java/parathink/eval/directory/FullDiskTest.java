package parathink.eval.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.eval.run.Run;
import parathink.eval.run.RunListener;
import parathink.eval.run.RunSpec;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.UniformModel;

/** A run whose disk is full at some moment stops with one sentence, and goes on once there is room. */
final class FullDiskTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int MOMENTS = 20;

    @TempDir
    private Path folder;

    /** Takes so many bytes in all, and of the write that goes beyond them the part that there is room for. */
    private record Quota(AtomicLong left) {
        RandomAccessFile open(Path path) throws IOException {
            return new RandomAccessFile(path.toFile(), "rw") {
                @Override
                public void write(byte[] bytes) throws IOException {
                    long room = left.getAndAdd(-bytes.length);
                    super.write(bytes, 0, Math.clamp(room, 0, bytes.length));
                    if (room < bytes.length) {
                        throw new IOException("Disk quota exceeded");
                    }
                }
            };
        }
    }

    @Test
    void aRunThatMeetsAFullDiskAtAnyMomentEndsInTheSameBytesOnceThereIsRoom() throws IOException {
        var plenty = new AtomicLong(Long.MAX_VALUE / 2);
        execute("whole", plenty);
        long written = Long.MAX_VALUE / 2 - plenty.get();
        assertThat(written).isGreaterThan(10_000);
        var random = new Random(1);
        for (int moment = 0; moment < MOMENTS; moment++) {
            var name = "full" + moment;
            long room = random.nextLong(written);

            assertThatThrownBy(() -> execute(name, new AtomicLong(room)))
                    .as("room for %d of %d bytes", room, written)
                    .isInstanceOf(ResultsException.class)
                    .hasMessageMatching(".*/full\\d+/(problems|completions|timing|journal)\\.jsonl: cannot be written"
                            + " \\(Disk quota exceeded\\); what was written before is kept");
            var kept = Files.readString(folder.resolve(name).resolve("completions.jsonl"));
            assertThat(kept.isEmpty() || kept.endsWith("}\n")).isTrue();

            execute(name, new AtomicLong(Long.MAX_VALUE / 2));

            for (var file : new String[] {"problems.jsonl", "completions.jsonl"}) {
                assertThat(folder.resolve(name).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
            }
        }
    }

    private void execute(String name, AtomicLong room) {
        var model = new UniformModel();
        try (var engine = new LocalEngine(model, model.dialect(), 16);
                var results = Results.open(folder.resolve(name), new Quota(room)::open)) {
            var status = new Run(spec(), dataset(), results, engine, RunListener.NONE, CLOCK).execute(2, Map.of());
            assertThat(status).isEqualTo(RunRecord.Status.COMPLETE);
        }
    }

    private static RunSpec spec() {
        return new RunSpec(
                "uniform",
                "letters",
                Map.of(),
                "self-consistency",
                Map.of("branches", "4"),
                new SamplingParams(1, 0, 1, 0, 60),
                OptionalLong.empty(),
                1,
                7);
    }

    private static Dataset dataset() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < 6; i++) {
            problems.add(new Problem("p" + i, new Question("question " + i, new TextAnswers()), Optional.of("a")));
        }
        return new Dataset("letters", problems, java.util.List.of());
    }
}
