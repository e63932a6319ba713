package parathink.strategies;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The jar that a strategy came from.
 *
 * @param file where it lies
 * @param sha256 hash of its bytes, 64 hexadecimal digits
 */
public record PluginJar(Path file, String sha256) {
    public PluginJar {
        Objects.requireNonNull(file, "file");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits, got '%s'".formatted(sha256));
        }
    }

    /** Its name without folders. */
    public String name() {
        return String.valueOf(file.getFileName());
    }
}
