package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * An engine that works for long holds no more memory and no more files than one that has just begun. Some rounds here; hours with {@code
 * scripts/checks/soak}, which sets {@code parathink.soak.minutes}.
 */
@EnabledOnOs(OS.LINUX)
final class SoakTest {
    private static final int ROUNDS = 40;
    private static final int MINUTES = Integer.getInteger("parathink.soak.minutes", 0);
    private static final SamplingParams SAMPLING = new SamplingParams(0.7, 0, 1, 0, 40);
    private static final int READINGS = 20;
    private static final long MORE_HEAP = MINUTES == 0 ? 300_000 : 2_000_000; // bytes
    private static final long MORE_RESIDENT =
            MINUTES == 0 ? 15_000 : 20_000; // kilobytes, those of compiled code among them

    /** Bytes of heap after a collection, kilobytes that the process has in memory, and open files. */
    private record Held(long heap, long resident, long files) {
        static Held now() throws IOException {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            var status = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            try (var open = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(heap, Long.parseLong(status.replaceAll("\\D", "")), open.count());
            }
        }
    }

    @Test
    void heapNativeMemoryAndOpenFilesStayAsTheyAre() throws IOException {
        var model = EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, Models.SETTINGS);
        var held = new ArrayList<Held>();
        var end = Instant.now().plus(Duration.ofMinutes(MINUTES));
        long rounds = 0;
        try (var engine = new LocalEngine(model, model.dialect(), 16)) {
            long reading = ROUNDS / READINGS;
            var next = Instant.now();
            while (rounds < ROUNDS || Instant.now().isBefore(end)) {
                round(engine, rounds++);
                if (MINUTES == 0 ? rounds % reading == 0 : Instant.now().isAfter(next)) {
                    held.add(Held.now());
                    next = next.plus(Duration.ofMinutes(MINUTES).dividedBy(READINGS));
                }
            }
        }
        var early = held.subList(held.size() / 4, held.size() / 2);
        var late = held.subList(held.size() * 3 / 4, held.size());
        System.out.printf("%d rounds; heap, resident kB, files: %s%n", rounds, held);

        // the least of each: what a moment needs comes and goes
        assertThat(least(late, Held::heap)).isLessThan(least(early, Held::heap) + MORE_HEAP);
        assertThat(least(late, Held::resident)).isLessThan(least(early, Held::resident) + MORE_RESIDENT);
        assertThat(least(late, Held::files)).isLessThanOrEqualTo(least(early, Held::files));
    }

    private static long least(List<Held> held, java.util.function.ToLongFunction<Held> of) {
        return held.stream().mapToLong(of).min().orElseThrow();
    }

    /** Forks, a cancelled branch, joined caches and a text after them: all that takes native memory. */
    private static void round(LocalEngine engine, long round) {
        try (Session session = engine.open("p" + round, Budget.UNLIMITED, Seed.of(round), Journal.NONE)) {
            var trunk = session.start(Prompt.user("Let A be 12*17. Let B be %d. Find A+B.".formatted(round)), SAMPLING);
            var branches = trunk.fork(4);
            session.decodeAll(branches, StopRule.NONE);
            branches.get(3).cancel("redundant");
            var merged = trunk.merge(branches.subList(0, 3));
            merged.append("\n");
            merged.decode(StopRule.NONE);
        }
    }
}
