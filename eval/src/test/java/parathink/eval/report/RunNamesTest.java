package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunNamesTest {
    private static List<String> names(String... paths) {
        return RunNames.of(List.of(paths).stream().map(Path::of).toList());
    }

    @Test
    void areTheShortestEndingsThatTellRunsApart() {
        assertThat(names("/runs/a", "/runs/b")).containsExactly("a", "b");
        assertThat(names("/one/sc/0", "/one/esc/0", "/two/esc/1")).containsExactly("sc/0", "esc/0", "esc/1");
    }

    @Test
    void theSameFolderTwiceIsNamedInWhole() {
        assertThat(names("/runs/a", "/runs/../runs/a")).containsExactly("/runs/a", "/runs/a");
    }
}
