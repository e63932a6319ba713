package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OrtTelemetryTest {
    /** ONNX Runtime 1.29.0 itself dies of such a command line (exit 139). */
    @Test
    void aCommandLineOfAnyLengthIsNoReasonToDie() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName(),
                        "a".repeat(6000))
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("opened");
    }

    /** Opens ONNX Runtime and its environment. */
    static final class Opening {
        public static void main(String[] ignored) {
            var library = OrtLibrary.locate(Models.SETTINGS);
            try (var owner = new NativeOwner()) {
                OrtApi.load(library).environment(owner);
                System.out.println("opened");
            }
        }
    }
}
