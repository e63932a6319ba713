package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;
import parathink.models.onnx.OrtLibrary.Platform;

final class OrtLibraryTest {
    @TempDir
    Path folder;

    private final Platform platform = Platform.here();

    @Test
    void unpacksTheLibraryOnceAndLeavesNothingElse() throws IOException {
        var file = OrtLibrary.locate(OrtSettings.cachedIn(folder));
        var written = Files.getLastModifiedTime(file);

        assertThat(OrtLibrary.locate(OrtSettings.cachedIn(folder))).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(OrtApi.load(file).version()).isEqualTo("1.29.0");
    }

    @Test
    void replacesATornLibraryAndSweepsUpAfterAKilledProcess() throws IOException {
        var file = OrtLibrary.locate(OrtSettings.cachedIn(folder));
        long size = Files.size(file);
        Files.write(file, new byte[1000]);
        // no process has this number: it is above what any system gives out
        Files.write(file.resolveSibling(file.getFileName() + ".999999999999.1.part"), new byte[1000]);
        var ofALivingProcess =
                Files.write(file.resolveSibling(file.getFileName() + "." + parent() + ".1.part"), new byte[1000]);

        OrtLibrary.locate(OrtSettings.cachedIn(folder));

        assertThat(Files.size(file)).isEqualTo(size);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(file, ofALivingProcess);
        }
    }

    @Test
    void severalThreadsMayUnpackAtOnce() {
        var files = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> OrtLibrary.locate(OrtSettings.cachedIn(folder)))
                .toList();

        assertThat(files).allMatch(file -> file.equals(files.getFirst()));
        assertThat(OrtApi.load(files.getFirst()).version()).isEqualTo("1.29.0");
    }

    @Test
    void takesTheLibraryOfAFolderThatIsNamed() throws IOException {
        var file = OrtLibrary.locate(OrtSettings.cachedIn(folder));
        var settings = Models.SETTINGS.withLibraryFolder(file.getParent());
        assertThat(OrtLibrary.locate(settings)).isEqualTo(file);

        var versioned = Files.createDirectory(folder.resolve("versioned"));
        Files.createSymbolicLink(versioned.resolve(platform.file() + ".1.29.0"), file);
        assertThat(OrtLibrary.locate(Models.SETTINGS.withLibraryFolder(versioned)))
                .isEqualTo(versioned.resolve(platform.file() + ".1.29.0"));
    }

    @Test
    void aFolderWithoutTheLibraryIsOneClearLine() {
        assertThatThrownBy(() -> OrtLibrary.locate(Models.SETTINGS.withLibraryFolder(folder)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MISSING))
                .hasMessage("no %s in %s", platform.file(), folder);
    }

    @Test
    void aFileThatIsNoLibraryIsOneClearLine() throws IOException {
        var file = Files.writeString(folder.resolve(platform.file()), "not a library\n");
        assertThatThrownBy(() -> OrtApi.load(file))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MISSING))
                .hasMessage(file + ": not a shared library");
    }

    @Test
    void knowsTheNamesOfEveryPlatform() {
        assertThat(Platform.of("Linux", "amd64")).isEqualTo(new Platform("linux-x64", "libonnxruntime.so"));
        assertThat(Platform.of("Linux", "aarch64")).isEqualTo(new Platform("linux-aarch64", "libonnxruntime.so"));
        assertThat(Platform.of("Mac OS X", "aarch64")).isEqualTo(new Platform("osx-aarch64", "libonnxruntime.dylib"));
        assertThat(Platform.of("Windows 11", "amd64")).isEqualTo(new Platform("win-x64", "onnxruntime.dll"));
    }

    private static long parent() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }
}
