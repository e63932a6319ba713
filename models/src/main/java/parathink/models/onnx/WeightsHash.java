package parathink.models.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import parathink.models.ModelException;

/** The hash of a model's files, as it is written into runs. */
final class WeightsHash {
    private static final int BUFFER = 1 << 20;

    private WeightsHash() {}

    /** Hash of the files' bytes one after the other. */
    static String of(List<Path> files) {
        var digest = digest();
        var buffer = new byte[BUFFER];
        for (var file : files) {
            try (var in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Hash of some words, in hexadecimal digits. */
    static String ofWords(List<String> words) {
        var digest = digest();
        for (var word : words) {
            digest.update(word.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
