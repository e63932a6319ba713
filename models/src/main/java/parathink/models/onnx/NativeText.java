package parathink.models.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts in the form that ONNX Runtime's C functions take. */
final class NativeText {
    private NativeText() {}

    /** A file's name: wide characters on Windows, bytes elsewhere. */
    static MemorySegment path(Arena arena, Path file) {
        var windows = System.getProperty("os.name").startsWith("Windows");
        return arena.allocateFrom(file.toString(), windows ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }
}
