package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.Lines;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunRecord;
import parathink.eval.evidence.Fate;

final class PageTableTest {
    @TempDir
    Path directory;

    @Test
    void listsSomeOfEveryFateInTheOrderOfTheFileWhereThereAreTooMany() {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 40, 1));
            for (int i = 0; i < 39; i++) {
                results.append(Lines.problem("p" + i, 0, "1", "1", true));
                results.append(Lines.branch("p" + i, 0, "0/0", "1", true, 3));
            }
            results.append(Lines.failed("q", 0, "out of memory"));
        }

        var table = new PageTable(Report.of(directory), 4);

        var listed = new ArrayList<String>();
        for (int row = 0; row < table.size(); row++) {
            listed.add(table.line(row).problem());
        }
        assertThat(listed).containsExactly("p0", "p16", "p32", "q"); // 0, 32, 16 are the first three bit-reversed of 39
        assertThat(table.fate(3)).isEqualTo(Fate.ERROR);
    }
}
