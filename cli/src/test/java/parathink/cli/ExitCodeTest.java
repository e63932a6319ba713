package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import parathink.datasets.DatasetException;
import parathink.eval.directory.ResultsException;
import parathink.models.ModelException;

final class ExitCodeTest {
    private static int codeOf(Throwable failure) {
        return ExitCode.of(failure).code();
    }

    @Test
    void tellsBadInputFromMissingData() {
        assertThat(codeOf(DatasetException.unreadable("x.jsonl:2: torn"))).isEqualTo(2);
        assertThat(codeOf(DatasetException.missing("gpqa is gated"))).isEqualTo(4);
    }

    @Test
    void tellsAMissingModelFromAnUnusableOneAndAFailedPass() {
        assertThat(codeOf(new ModelException(ModelException.Kind.MISSING, "no such model")))
                .isEqualTo(4);
        assertThat(codeOf(new ModelException(ModelException.Kind.UNUSABLE, "is no decoder")))
                .isEqualTo(2);
        assertThat(codeOf(new ModelException(ModelException.Kind.FAILED, "forward pass failed")))
                .isEqualTo(1);
    }

    @Test
    void takesSettingsAndFilesForBadInput() {
        assertThat(codeOf(new IllegalArgumentException("n must be at least 1"))).isEqualTo(2);
        assertThat(codeOf(new ResultsException("runs/a: holds another run"))).isEqualTo(2);
        assertThat(codeOf(new IOException("No space left on device"))).isEqualTo(2);
        assertThat(codeOf(new UncheckedIOException(new IOException("no")))).isEqualTo(2);
    }

    @Test
    void takesEverythingElseForABugOfOurs() {
        assertThat(codeOf(new IllegalStateException("impossible"))).isEqualTo(70);
        assertThat(codeOf(new NullPointerException())).isEqualTo(70);
        assertThat(codeOf(new StackOverflowError())).isEqualTo(70);
    }
}
