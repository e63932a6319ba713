package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept weights: whole or not used, worked out once, and never in the way. */
final class WeightCacheTest {
    private static final ConstantsFile.About ABOUT = new ConstantsFile.About("0123", "a model/1", "fast");

    @TempDir
    Path folder;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger computed = new AtomicInteger();

    private WeightCache cache() {
        return new WeightCache(folder.resolve("weights"), notes::add);
    }

    /** A graph with two constants, 1 2 3 and 1000 times 7, that counts how often they are worked out. */
    private OnnxGraph graph() {
        var graph = new OnnxGraph();
        graph.computed(new Constant("small", ElementType.FLOAT, 3), () -> {
            computed.incrementAndGet();
            return new float[] {1, 2, 3};
        });
        graph.computed(new Constant("large", ElementType.FLOAT, 10, 100), () -> {
            var sevens = new float[1000];
            Arrays.fill(sevens, 7);
            return sevens;
        });
        return graph;
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder.resolve("weights"))) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static void assertWhole(Optional<ConstantsFile> file) {
        assertThat(file).isPresent();
        var floats = ByteOrder.nativeOrder();
        assertThat(file.get().data("small").asByteBuffer().order(floats).asFloatBuffer())
                .isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 3}));
        var large = file.get().data("large").asByteBuffer().order(floats).asFloatBuffer();
        assertThat(large.remaining()).isEqualTo(1000);
        assertThat(large.get(999)).isEqualTo(7);
        assertThat(file.get().offset("large")).isEqualTo(4096);
    }

    @Test
    void constantsAreWorkedOutOnceAndListed() throws IOException {
        assertWhole(cache().open(graph(), ABOUT));
        assertWhole(cache().open(graph(), ABOUT));

        assertThat(computed).hasValue(1);
        assertThat(notes).containsExactly("keeping 0 MiB of weights for later starts in " + folder.resolve("weights"));
        var file = onlyFile();
        assertThat(file.getFileName()).hasToString("a_model_1-fast-0123.weights");
        assertThat(cache().list()).containsExactly(new CachedWeights(file, "a model/1", "fast", Files.size(file)));
    }

    @Test
    void aFileCutAnywhereIsWrittenAgain() throws IOException {
        cache().open(graph(), ABOUT);
        var file = onlyFile();
        var whole = Files.readAllBytes(file);
        for (int size : new int[] {0, 1, 23, 24, 4095, 4096, 8095, whole.length - 25, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, size));
            notes.clear();
            assertWhole(cache().open(graph(), ABOUT));
            assertThat(notes)
                    .as("cut to %d bytes", size)
                    .hasSize(2)
                    .first()
                    .asString()
                    .endsWith("; it is written again");
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    /** Every byte of the constants, the index and the end is under a checksum; the gaps between pages hold nothing. */
    @Test
    void aFileWithOneOtherByteIsWrittenAgain() throws IOException {
        cache().open(graph(), ABOUT);
        var file = onlyFile();
        var whole = Files.readAllBytes(file);
        var places =
                IntStream.of(0, 11, 4096, 8095, 8096, 8150, whole.length - 24, whole.length - 12, whole.length - 1);
        places.forEach(place -> {
            try {
                var damaged = whole.clone();
                damaged[place] ^= 4;
                Files.write(file, damaged);
                int before = computed.get();
                assertWhole(cache().open(graph(), ABOUT));
                assertThat(computed).as("byte %d", place).hasValue(before + 1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aFileOfAnotherGraphUnderThisNameIsWrittenAgain() throws IOException {
        cache().open(graph(), ABOUT);
        var file = onlyFile();
        var other = new OnnxGraph();
        other.computed(new Constant("small", ElementType.FLOAT, 1), () -> new float[] {9});
        ConstantsFile.write(file, other, ABOUT);

        assertWhole(cache().open(graph(), ABOUT));
        assertThat(notes.get(1)).isEqualTo(file + ": it is for another model; it is written again");
    }

    @Test
    void severalThatStartAtOnceAllGetWholeConstantsAndLeaveOneFile() throws Exception {
        int starts = 8;
        var together = new CountDownLatch(starts);
        try (var threads = Executors.newFixedThreadPool(starts)) {
            var opened = new ArrayList<Future<Optional<ConstantsFile>>>();
            for (int i = 0; i < starts; i++) {
                opened.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return cache().open(graph(), ABOUT);
                }));
            }
            for (var file : opened) {
                assertWhole(file.get());
            }
        }
        onlyFile();
    }

    /** What is left of a process that was killed while it wrote has no name that anybody opens, and goes in time. */
    @Test
    void whatAKilledProcessLeftIsNotUsedAndRemovedWhenItIsOld() throws IOException {
        Files.createDirectories(folder.resolve("weights"));
        long here = ProcessHandle.current().pid();
        long nobody = 999_999_999_999L; // beyond what any system gives a process
        var ended = part(nobody, Duration.ofMinutes(2));
        var endedJustNow = part(nobody, Duration.ofSeconds(2));
        var slow = part(here, Duration.ofMinutes(2));
        var forgotten = part(here, Duration.ofHours(2));

        assertWhole(cache().open(graph(), ABOUT));

        assertThat(List.of(ended, forgotten))
                .allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(List.of(endedJustNow, slow))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(cache().list()).hasSize(1);
    }

    /** An unfinished file of a process that has not grown for so long. */
    private Path part(long process, Duration still) throws IOException {
        var name = "a.weights.%d.%d.part".formatted(process, still.toSeconds());
        var file = Files.write(folder.resolve("weights").resolve(name), new byte[5000]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(still)));
    }

    @Test
    void whereNothingCanBeWrittenNothingIsKeptAndOneLineSaysSo() throws IOException {
        Files.write(folder.resolve("weights"), new byte[0]); // a file where the folder should be

        assertThat(cache().open(graph(), ABOUT)).isEmpty();
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("weights are not kept for the next start: " + folder.resolve("weights") + ": ")
                .doesNotContain("\n");
        assertThat(cache().list()).isEmpty();
    }

    @Test
    void aDiskWithoutRoomForAllOfItIsNotBegunOn() {
        var graph = new OnnxGraph();
        long most = 1L << 50;
        graph.computed(List.of(new Constant("huge", ElementType.INT8, most)), places -> {
            throw new AssertionError("must not be worked out");
        });

        assertThat(cache().open(graph, ABOUT)).isEmpty();
        assertThat(notes).singleElement().asString().contains("1073741824 MiB are needed, ");
        assertThat(folder.resolve("weights")).isEmptyDirectory();
    }
}
