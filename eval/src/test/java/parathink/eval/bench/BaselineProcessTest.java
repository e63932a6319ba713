package parathink.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;

/** Against baselines that are shell scripts of a few lines. */
final class BaselineProcessTest {
    private static final BenchShape SHAPE = new BenchShape(2, 8, 4);
    private static final String READY =
            "echo 'a line of some library'; echo '{\"name\": \"fake 1\", \"start_seconds\": 1.5}'\n";

    @TempDir
    private Path folder;

    private BaselineProcess start(String script) throws IOException {
        var file = Files.writeString(folder.resolve("baseline.sh"), script);
        return BaselineProcess.start("fake", List.of("sh", file.toString()));
    }

    @Test
    void isAskedForAShapeAndAnswersWithTimes() throws IOException {
        var asked = folder.resolve("asked");
        try (var fake = start(READY + "read line; echo \"$line\" >" + asked + "\n"
                + "echo '{\"prefill_tokens\": 16, \"prefill_seconds\": 0.5, \"decode_tokens\": 8,"
                + " \"decode_seconds\": 0.25, \"peak_bytes\": 4096}'\n")) {
            assertThat(fake.name()).isEqualTo("fake 1");
            assertThat(fake.startSeconds()).isEqualTo(1.5);
            assertThat(fake.peakMemory()).isEmpty();

            assertThat(fake.run(SHAPE, 7)).isEqualTo(new Timing(16, 0.5, 8, 0.25));

            assertThat(fake.peakMemory()).hasValue(4096);
            assertThat(asked).hasContent("{\"rows\":2,\"context\":8,\"tokens\":4,\"round\":7}");
        }
    }

    @Test
    void whatIsNotInstalledIsMissingWithTheWayToInstallIt() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> start("echo '{\"missing\": \"x is not installed; pip install x\"}'"))
                .withMessage("fake: x is not installed; pip install x")
                .matches(e -> e.kind() == ModelException.Kind.MISSING);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> BaselineProcess.start(
                        "fake", List.of(folder.resolve("no-python").toString())))
                .withMessageContaining("--python")
                .matches(e -> e.kind() == ModelException.Kind.MISSING);
    }

    @Test
    void oneThatEndsIsToldWithItsLastWord() throws IOException {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> start("echo first >&2; echo 'no memory' >&2; exit 3"))
                .withMessage("fake ended: no memory");
        try (var fake = start(READY + "read line; echo 'lost the model' >&2; exit 1")) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> fake.run(SHAPE, 1))
                    .withMessage("fake 1 ended: lost the model");
        }
    }

    @Test
    void anAnswerWithoutItsNumbersIsRefused() throws IOException {
        try (var fake = start(READY + "read line; echo '{\"prefill_tokens\": 16, \"peak_bytes\": 1}'; read line")) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> fake.run(SHAPE, 1))
                    .withMessageContaining("prefill_seconds");
        }
    }
}
