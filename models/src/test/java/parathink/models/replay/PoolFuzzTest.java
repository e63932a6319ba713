package parathink.models.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;

/** Any bytes at all as a pool: every completion of it can be drawn, or one line says which line is wrong. */
final class PoolFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest
    void lines(byte[] bytes) throws IOException {
        readsOrRefuses("a.jsonl", bytes);
    }

    @FuzzTest
    void gzip(byte[] bytes) throws IOException {
        readsOrRefuses("a.jsonl.gz", bytes);
    }

    private void readsOrRefuses(String name, byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve(name), bytes);
        try (var pool = Pool.open(file)) {
            long drawn = 0;
            for (var problem : pool.problems()) {
                var draws = pool.draws(problem.id());
                assertThat(draws).hasSize(problem.completions());
                assertThat(draws).allSatisfy(draw -> assertThat(draw.tokens()).isNotNegative());
                drawn += draws.size();
            }
            assertThat(drawn).isEqualTo(pool.completions()).isPositive();
            assertThat(pool.remarks()).allSatisfy(remark -> assertThat(remark).hasLineCount(1));
        } catch (ModelException refusal) {
            assertThat(refusal.getMessage()).contains(file.toString()).hasLineCount(1);
            assertThat(refusal.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
        }
    }
}
