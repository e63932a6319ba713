package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/**
 * What ONNX Runtime tells its makers of the process that it runs in. From 1.29 on it does so on Linux and macOS too, and dies in a
 * process whose command line is longer than 4,096 bytes, which a prompt or a list of problems may well be.
 */
final class OrtTelemetry {
    private OrtTelemetry() {}

    /** Turns it off, in this process; before the library is loaded. Where the C library has no {@code setenv}, there is none. */
    static void disable() {
        var linker = Linker.nativeLinker();
        var found = linker.defaultLookup().find("setenv");
        if (found.isEmpty()) {
            return;
        }
        var set = linker.downcallHandle(found.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            int failed = (int) set.invokeExact(arena.allocateFrom("ORT_DISABLE_TELEMETRY"), arena.allocateFrom("1"), 1);
            if (failed != 0) {
                throw new IllegalStateException("the environment of this process cannot be changed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv cannot be called", e);
        }
    }
}
