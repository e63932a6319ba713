package parathink.models.onnx;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How ONNX Runtime is found and run.
 *
 * @param libraryFolder a folder with the library; empty for the one on the class path
 * @param cacheFolder where the library of the class path is unpacked, once
 * @param threads threads that compute at once
 * @param device where graphs run
 * @param spinning whether threads that share an operator wait for the next one awake
 */
public record OrtSettings(
        Optional<Path> libraryFolder, Path cacheFolder, int threads, Device device, boolean spinning) {
    public OrtSettings {
        Objects.requireNonNull(libraryFolder, "libraryFolder");
        Objects.requireNonNull(cacheFolder, "cacheFolder");
        Objects.requireNonNull(device, "device");
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be between 1 and 1024, got " + threads);
        }
    }

    /** As above, with threads that sleep while they wait. */
    public OrtSettings(Optional<Path> libraryFolder, Path cacheFolder, int threads, Device device) {
        this(libraryFolder, cacheFolder, threads, device, false);
    }

    /** The library on the class path, unpacked into this folder, on the CPU with a thread for each physical core. */
    public static OrtSettings cachedIn(Path cacheFolder) {
        return new OrtSettings(Optional.empty(), cacheFolder, Processor.here().cores(), Device.CPU);
    }

    public OrtSettings withLibraryFolder(Path folder) {
        return new OrtSettings(Optional.of(folder), cacheFolder, threads, device, spinning);
    }

    public OrtSettings withThreads(int count) {
        return new OrtSettings(libraryFolder, cacheFolder, count, device, spinning);
    }

    OrtSettings waitingAwake() {
        return new OrtSettings(libraryFolder, cacheFolder, threads, device, true);
    }
}
