package parathink.eval.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The most memory that a process has had at once, by Linux's account of it.
 *
 * @param status the account, such as {@code /proc/self/status}
 */
public record PeakMemory(Path status) {
    private static final String FIELD = "VmHWM:";

    /** Of this process. */
    public static PeakMemory ofThisProcess() {
        return new PeakMemory(Path.of("/proc/self/status"));
    }

    /** Bytes; nothing on systems without such an account. */
    public OptionalLong bytes() {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> 1024
                            * Long.parseLong(line.substring(FIELD.length())
                                    .replace("kB", "")
                                    .strip()))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
