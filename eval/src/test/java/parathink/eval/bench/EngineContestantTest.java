package parathink.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.EndlessModel;
import parathink.models.LocalEngine;
import parathink.models.SamplingParams;
import parathink.models.UniformModel;

/** On a model that has a token a character and ends one text in 128 tokens, unless it is kept from that. */
final class EngineContestantTest {
    private static final BenchShape SHAPE = new BenchShape(3, 20, 200);
    private static final double SECOND = 1e9;

    /** Ready after 2 s; then half a second until the first tokens, and two more. */
    private static EngineContestant contestant(boolean branches) {
        Deque<Double> clock = new ArrayDeque<>(List.of(3.0, 10.0, 10.5, 12.5));
        return new EngineContestant(
                "own",
                new LocalEngine(new EndlessModel(new UniformModel())),
                new SamplingParams(0.6, 0, 1, 0, 1),
                branches,
                () -> (long) (clock.remove() * SECOND),
                (long) SECOND,
                new PeakMemory(Path.of("no such file")));
    }

    @Test
    void everyRowReadsItsPromptAndDecodesAsManyTokensAsTheShapeSays() {
        try (var own = contestant(false)) {
            var timing = own.run(SHAPE, 1);

            assertThat(own.startSeconds()).isEqualTo(2.0);
            assertThat(timing).isEqualTo(new Timing(60, 0.5, 600, 2.0));
            assertThat(timing.prefillSpeed()).isEqualTo(120);
            assertThat(timing.decodeSpeed()).isEqualTo(300);
        }
    }

    @Test
    void branchesReadTheirPromptOnce() {
        try (var own = contestant(true)) {
            assertThat(own.run(SHAPE, 1)).isEqualTo(new Timing(20, 0.5, 600, 2.0));
        }
    }

    @Test
    void memoryIsTheHighestMarkOfTheSystemsAccount(@TempDir Path folder) throws IOException {
        var status = Files.writeString(
                folder.resolve("status"), "Name:\tjava\nVmPeak:\t  900 kB\nVmHWM:\t   512 kB\nVmRSS:\t 100 kB\n");

        assertThat(new PeakMemory(status).bytes()).isEqualTo(OptionalLong.of(524288));
        assertThat(new PeakMemory(folder.resolve("none")).bytes()).isEmpty();
    }
}
