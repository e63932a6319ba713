package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.Json;

final class HtmlReportTest {
    @TempDir
    Path folder;

    @Test
    void readsRunAfterRunForTheSamePageAsOfRunsThatAreAllInMemory() throws IOException {
        var runs = List.of(folder.resolve("first"), folder.resolve("second"), folder.resolve("third"));
        for (int i = 0; i < runs.size(); i++) {
            new SyntheticRun(5 + i, 4, 1, 2, i).write(runs.get(i));
        }
        var asked = new ArrayList<Integer>();
        var page = new HtmlReport(
                runs,
                place -> {
                    asked.add(place);
                    return Report.of(runs.get(place));
                },
                Json.MAPPER.createObjectNode(),
                TraceChoice.FITTING);
        var together = new HtmlReport(
                runs.stream().map(Report::of).toList(), Json.MAPPER.createObjectNode(), TraceChoice.FITTING);

        page.writeTo(folder.resolve("page.html"));
        together.writeTo(folder.resolve("together.html"));

        assertThat(asked).containsExactly(0, 1, 2);
        assertThat(folder.resolve("page.html")).hasSameBinaryContentAs(folder.resolve("together.html"));
        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2); // what was written on the way is gone
        }
    }
}
