package parathink.eval.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.models.Usage;

final class MajorityTextTest {
    /** One problem may begin four completions of 10 tokens, the other two of 30: 50 a problem. */
    @Test
    void problemsOfUnequalSizeAreMeasuredByTheTokensThatTheyHave() {
        var majority = new PoolMajority(
                Map.of(
                        "a", new PoolMajority.Curve(List.of(0.0, 0.0, 0.5, 1.0), 10),
                        "b", new PoolMajority.Curve(List.of(1.0, 1.0), 30)),
                2);
        var usage = new Usage(7, 0, 45, 45, 12, 0, 1);
        var lines = List.of(line("a", usage), line("b", usage));
        var run = Lines.run(RunRecord.Status.COMPLETE, 2, 1);

        var text = new MajorityText(new RunDirectory(Path.of("r"), run, lines, Map.of(), List.of()), majority).text();

        assertThat(text)
                .containsPattern("of 2, as many as finish here +50.0 % +40 ")
                .containsPattern("at the same work, of 3.0 +75.0 % +45 ")
                .containsPattern("of all 4 +100.0 % +50 ")
                .endsWith("this run decodes 10.0 % less than all of them; its judge reads 12 tokens a problem\n");
    }

    private static ProblemLine line(String id, Usage usage) {
        return Lines.problem(id, 0, Optional.of("1"), Optional.of("1"), true, true, usage);
    }
}
