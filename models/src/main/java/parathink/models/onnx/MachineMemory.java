package parathink.models.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.ToLongFunction;
import parathink.models.ModelException;

/**
 * The memory that this process may have.
 *
 * @param bytes of the machine, or of the container where that has less
 */
record MachineMemory(long bytes) {
    static MachineMemory here() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? new MachineMemory(system.getTotalMemorySize())
                : new MachineMemory(Long.MAX_VALUE);
    }

    /**
     * Refuses a model whose weights alone are larger, before anything slow begins.
     *
     * @param model its name, for the message
     * @param needed bytes of the weights in each mode
     */
    void require(String model, NumericMode mode, ToLongFunction<NumericMode> needed) {
        long size = needed.applyAsLong(mode);
        if (size <= bytes) {
            return;
        }
        var smaller = new ArrayList<String>();
        for (var other : NumericMode.values()) {
            long otherSize = needed.applyAsLong(other);
            if (otherSize <= bytes) {
                smaller.add("--mode %s, which takes %s".formatted(other.word(), shown(otherSize)));
            }
        }
        throw new ModelException(
                ModelException.Kind.UNUSABLE,
                "%s: its weights take %s in mode %s, this machine or container has %s of memory; %s"
                        .formatted(
                                model,
                                shown(size),
                                mode.word(),
                                shown(bytes),
                                smaller.isEmpty()
                                        ? "no mode is small enough"
                                        : "what would fit is " + String.join(", or ", smaller)));
    }

    private static String shown(long bytes) {
        return bytes < 1L << 30
                ? "%d MiB".formatted((bytes + (1 << 20) - 1) >> 20)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
