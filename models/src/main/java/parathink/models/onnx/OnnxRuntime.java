package parathink.models.onnx;

import java.nio.file.Path;

/**
 * The ONNX Runtime of this machine.
 *
 * @param version as the library tells it
 * @param library the file that was loaded
 * @param cores physical cores this process may use
 * @param wideInt8 whether the processor sums products of 8-bit numbers without saturating (VNNI and its like)
 */
public record OnnxRuntime(String version, Path library, int cores, boolean wideInt8) {

    /**
     * Loads the library, unpacking it first if need be.
     *
     * @throws parathink.models.ModelException when there is none or it cannot be loaded
     */
    public static OnnxRuntime find(OrtSettings settings) {
        var library = OrtLibrary.locate(settings);
        var processor = Processor.here();
        return new OnnxRuntime(OrtApi.load(library).version(), library, processor.cores(), processor.wideInt8());
    }
}
