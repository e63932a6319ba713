package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
    @Test
    void countsCoresAndNotTheirThreads() {
        var twoThreadsACore = List.of(
                "physical id\t: 0",
                "core id\t\t: 0",
                "physical id\t: 0",
                "core id\t\t: 0",
                "physical id\t: 0",
                "core id\t\t: 1",
                "physical id\t: 1",
                "core id\t\t: 1");
        assertThat(Processor.of("amd64", twoThreadsACore, 8).cores()).isEqualTo(3);
        assertThat(Processor.of("amd64", twoThreadsACore, 2).cores()).isEqualTo(2); // a container's limit
        assertThat(Processor.of("amd64", List.of(), 6).cores()).isEqualTo(6);
    }

    @Test
    void asksForSevenBitsUnlessTheProcessorIsKnownToSumWide() {
        assertThat(Processor.of("amd64", List.of("flags\t: fpu avx2 avx512_vnni"), 1)
                        .wideInt8())
                .isTrue();
        assertThat(Processor.of("amd64", List.of("flags\t: fpu avx2 avx_vnni"), 1)
                        .wideInt8())
                .isTrue();
        assertThat(Processor.of("amd64", List.of("flags\t: fpu avx2 avx512f"), 1)
                        .wideInt8())
                .isFalse();
        assertThat(Processor.of("amd64", List.of(), 1).wideInt8()).isFalse();
        assertThat(Processor.of("aarch64", List.of(), 1).wideInt8()).isTrue();
    }
}
