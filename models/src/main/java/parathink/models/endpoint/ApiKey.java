package parathink.models.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parathink.models.ModelException;

/**
 * The secret that a server asks for. It is sent to that server and shown to nobody: neither {@link #toString} nor anything
 * that passed {@link #redact} has it. Immutable.
 */
public final class ApiKey {
    /** For servers that ask for none. */
    public static final ApiKey NONE = new ApiKey("");

    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * The key that is set, in this order: {@code PARATHINK_API_KEY}, {@code OPENAI_API_KEY}, the file.
     *
     * @param variables the environment
     * @param file read where no variable is set; need not be there
     * @throws ModelException when others than its owner may read the file, or what is found cannot be a key
     */
    public static ApiKey find(Map<String, String> variables, Path file) {
        for (var name : new String[] {"PARATHINK_API_KEY", "OPENAI_API_KEY"}) {
            var key = of(variables, name);
            if (key.isPresent()) {
                return key.get();
            }
        }
        return Files.exists(file) ? of(read(file), file.toString()) : NONE;
    }

    /**
     * The key of a judge's server, {@code PARATHINK_JUDGE_API_KEY}; nothing where none is set. No other key is sent to a server that
     * the one who solves does not run on.
     *
     * @param variables the environment
     * @throws ModelException when what is found cannot be a key
     */
    public static Optional<ApiKey> ofJudge(Map<String, String> variables) {
        return of(variables, "PARATHINK_JUDGE_API_KEY");
    }

    private static Optional<ApiKey> of(Map<String, String> variables, String name) {
        var value = variables.getOrDefault(name, "").strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(of(value, name));
    }

    private static ApiKey of(String secret, String origin) {
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, origin + ": is no key; a key is one word of printable ASCII");
        }
        return new ApiKey(secret);
    }

    private static String read(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE,
                        "%s: others may read it, and it has a key in it; 'chmod 600 %s' mends that"
                                .formatted(file, file));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The header that carries it; nothing where there is none. */
    Optional<String> header() {
        return secret.isEmpty() ? Optional.empty() : Optional.of("Bearer " + secret);
    }

    /** A text from elsewhere, such as a server's own words, without the key. */
    String redact(String text) {
        var inJson = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        return secret.isEmpty() ? text : text.replace(secret, "[key]").replace(inJson, "[key]");
    }

    @Override
    public String toString() {
        return secret.isEmpty() ? "no key" : "a key";
    }
}
