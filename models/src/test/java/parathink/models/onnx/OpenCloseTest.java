package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.KvCache;

/**
 * A model that is opened and closed leaves no memory, no mapping and no file behind. Some cycles here; a thousand with
 * {@code -Dparathink.cycles=1000}.
 */
@EnabledOnOs(OS.LINUX)
final class OpenCloseTest {
    private static final int CYCLES = Integer.getInteger("parathink.cycles", 80);
    private static final List<NumericMode> MODES = List.of(NumericMode.values());
    private static final long MORE =
            CYCLES < 1000 ? 12_000 : 24_000; // kilobytes: the JVM's own tables and compiled code

    @TempDir
    Path folder;

    /** Kilobytes that are the process's own, mapped pieces of weight files, and open files. */
    private record Held(long own, long mapped, long files) {
        static Held now() throws IOException {
            System.gc();
            var own = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .findFirst()
                    .orElseThrow();
            long mapped = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .filter(line -> line.contains(".weights") || line.contains(".safetensors"))
                    .count();
            try (var open = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(Long.parseLong(own.replaceAll("\\D", "")), mapped, open.count());
            }
        }
    }

    @Test
    void cyclesOfOpeningAndClosingHoldNothing() throws IOException {
        // large enough that its constants are mapped: what is not given back of one cycle is a megabyte and more
        var config = new DecoderConfig(3000, 128, 512, 2, 4, 2, 32, 1e-5f, 10000, 700, false, true, 0);
        new FolderFiles(config, "BF16", 2).write(folder);
        var held = new ArrayList<Held>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            cycle(MODES.get(cycle % MODES.size()));
            if (cycle % (CYCLES / 20) == 0) {
                held.add(Held.now());
            }
        }
        var early = held.subList(held.size() / 4, held.size() / 2);
        var late = held.subList(held.size() * 3 / 4, held.size());
        System.out.printf("%d cycles; own kB, mapped, files: %s%n", CYCLES, held);

        assertThat(least(late, Held::own)).isLessThan(least(early, Held::own) + MORE);
        assertThat(late).allSatisfy(moment -> assertThat(moment.mapped()).isZero());
        assertThat(least(late, Held::files)).isLessThanOrEqualTo(least(early, Held::files));
    }

    private void cycle(NumericMode mode) {
        try (var model = ModelFolder.open(folder, mode, Models.SETTINGS);
                KvCache trunk = model.newCache()) {
            append(model, trunk, tokens(1, 20));
            try (var branch = trunk.fork()) {
                append(model, branch, 3);
            }
        }
    }

    private static long least(List<Held> held, ToLongFunction<Held> of) {
        return held.stream().mapToLong(of).min().orElseThrow();
    }
}
