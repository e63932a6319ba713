package parathink.models.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import parathink.models.ModelException;

/**
 * Finds ONNX Runtime's shared library: in a folder the user names, or on the class path, from where it is unpacked
 * once into the cache folder. Any number of processes may unpack at once; one that is killed leaves nothing that
 * another would load.
 */
final class OrtLibrary {
    /** Name of a file that a thread of a process is writing. */
    private static final Pattern PART = Pattern.compile(".*\\.(\\d{1,18})\\.\\d+\\.part");

    private OrtLibrary() {}

    /** The file to load. */
    static Path locate(OrtSettings settings) {
        var platform = Platform.here();
        if (settings.libraryFolder().isPresent()) {
            return inFolder(settings.libraryFolder().get(), platform);
        }
        var resource = OrtLibrary.class.getResource(platform.resource());
        if (resource == null) {
            throw missing(
                    "no ONNX Runtime for %s on the class path; name a folder with %s by --ort-dir or PARATHINK_ORT_DIR"
                            .formatted(platform.folder(), platform.file()));
        }
        return unpacked(resource, platform, settings.cacheFolder());
    }

    /** The library under its plain name or, as Linux packages have it, with a version behind. */
    private static Path inFolder(Path folder, Platform platform) {
        var file = folder.resolve(platform.file());
        if (Files.isRegularFile(file)) {
            return file.toAbsolutePath();
        }
        try (var versioned = Files.newDirectoryStream(folder, platform.file() + ".*")) {
            return StreamSupport.stream(versioned.spliterator(), false)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> missing("no %s in %s".formatted(platform.file(), folder)))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new ModelException(ModelException.Kind.MISSING, "no such folder: " + folder, e);
        }
    }

    static Path unpacked(URL resource, Platform platform, Path cache) {
        try {
            var connection = resource.openConnection();
            if (!(connection instanceof JarURLConnection jar)) {
                return Path.of(resource.toURI()); // class path of a folder: it lies there unpacked
            }
            var entry = jar.getJarEntry();
            var folder = cache.resolve("onnxruntime").resolve("%s-%08x".formatted(platform.folder(), entry.getCrc()));
            var file = folder.resolve(platform.file());
            if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
                Files.createDirectories(folder);
                unpack(resource, file, entry.getSize(), entry.getCrc());
            }
            return file.toAbsolutePath();
        } catch (IOException | URISyntaxException e) {
            throw new ModelException(
                    ModelException.Kind.MISSING,
                    "cannot unpack ONNX Runtime into %s; set PARATHINK_CACHE to a folder that can be written"
                            .formatted(cache),
                    e);
        }
    }

    /** Writes beside the target, checks, and renames: the target is either whole or not there. */
    private static void unpack(URL resource, Path file, long size, long crc) throws IOException {
        deleteAbandoned(file);
        var part = file.resolveSibling("%s.%d.%d.part"
                .formatted(
                        file.getFileName(),
                        ProcessHandle.current().pid(),
                        Thread.currentThread().threadId()));
        try {
            var sum = new CRC32();
            try (InputStream in = new CheckedInputStream(resource.openStream(), sum)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.size(part) != size || sum.getValue() != crc) {
                throw new IOException("the library in the jar is damaged");
            }
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            rename(part, file, size);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void rename(Path part, Path file, long size) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | AccessDeniedException e) {
            // Windows does not replace a library that another process has loaded; that one is as good as ours
            if (!Files.isRegularFile(file) || Files.size(file) != size) {
                throw e;
            }
        }
    }

    private static void deleteAbandoned(Path file) throws IOException {
        try (var siblings = Files.newDirectoryStream(file.getParent(), file.getFileName() + ".*.part")) {
            for (var sibling : siblings) {
                var process = PART.matcher(sibling.getFileName().toString());
                if (process.matches()
                        && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty()) {
                    Files.deleteIfExists(sibling);
                }
            }
        }
    }

    private static ModelException missing(String message) {
        return new ModelException(ModelException.Kind.MISSING, message);
    }

    /**
     * Operating system and processor, as the library's jar names them.
     *
     * @param folder such as {@code linux-x64}
     * @param file the library's file name
     */
    record Platform(String folder, String file) {
        static Platform here() {
            return of(System.getProperty("os.name"), System.getProperty("os.arch"));
        }

        static Platform of(String system, String architecture) {
            var name = system.toLowerCase(Locale.ROOT);
            var arch = architecture.equals("aarch64") || architecture.equals("arm64") ? "aarch64" : "x64";
            if (name.startsWith("windows")) {
                return new Platform("win-" + arch, "onnxruntime.dll");
            }
            if (name.startsWith("mac")) {
                return new Platform("osx-" + arch, "libonnxruntime.dylib");
            }
            return new Platform("linux-" + arch, "libonnxruntime.so");
        }

        String resource() {
            return "/ai/onnxruntime/native/" + folder + "/" + file;
        }
    }
}
