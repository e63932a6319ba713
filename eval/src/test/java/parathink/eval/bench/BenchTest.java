package parathink.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class BenchTest {
    private static final BenchShape ONE = new BenchShape(1, 10, 20);
    private static final BenchShape FOUR = new BenchShape(4, 10, 20);

    private final List<String> order = new ArrayList<>();

    /** Reads 100 tokens a second and decodes so many times the round's number. */
    private final class Steady implements Contestant {
        private final String name;
        private final int decoded;

        Steady(String name, int decoded) {
            this.name = name;
            this.decoded = decoded;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double startSeconds() {
            return 1;
        }

        @Override
        public Timing run(BenchShape shape, int round) {
            order.add("%s%d/%d:%d".formatted(name, shape.rows(), shape.tokens(), round));
            long read = (long) shape.rows() * shape.context();
            long tokens = (long) shape.rows() * shape.tokens();
            return new Timing(read, read / 100.0, tokens, tokens / (double) (decoded * Math.max(1, round)));
        }

        @Override
        public OptionalLong peakMemory() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {}
    }

    @Test
    void contestantsTakeTurnsAndTakeTurnsInBeginning() {
        new Bench(List.of(new Steady("a", 30), new Steady("b", 20)), List.of(ONE, FOUR), 2).run(line -> {});

        assertThat(order)
                .containsExactly(
                        "a1/4:0", "a4/4:0", "b1/4:0", "b4/4:0", // warming: four tokens, not counted
                        "b1/20:1", "a1/20:1", "b4/20:1", "a4/20:1", //
                        "a1/20:2", "b1/20:2", "a4/20:2", "b4/20:2");
    }

    @Test
    void ratiosAreOfTheSameRound() {
        var results = new Bench(List.of(new Steady("a", 30), new Steady("b", 20)), List.of(FOUR), 3).run(line -> {});

        var result = results.getFirst();
        assertThat(result.decode(0).rounds()).containsExactly(30.0, 60.0, 90.0);
        assertThat(result.decode(1).rounds()).containsExactly(20.0, 40.0, 60.0);
        assertThat(result.decodeRatio(1).low()).isCloseTo(1.5, within(1e-12));
        assertThat(result.decodeRatio(1).high()).isCloseTo(1.5, within(1e-12));
        assertThat(result.prefillRatio(1).median()).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(new Speeds(List.of(4.0, 1.0, 3.0, 10.0)).median()).isEqualTo(3.5);
        assertThat(new Speeds(List.of(5.0, 1.0, 3.0)).median()).isEqualTo(3.0);
    }

    @Test
    void aMeasurementWithoutTimeIsRefused() {
        assertThatThrownBy(() -> new Timing(1, 0, 1, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new BenchShape(0, 1, 1)).hasMessageContaining("at least 1");
    }
}
