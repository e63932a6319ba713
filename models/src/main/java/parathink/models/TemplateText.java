package parathink.models;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A chat template as its author wrote it, and what was set in it: with the prompts, all that decides what a model reads.
 *
 * @param file name of the file that has it
 * @param text of the template
 * @param options variables that were set, by name
 */
public record TemplateText(String file, String text, Map<String, String> options) {
    public TemplateText {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(text, "text");
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** SHA-256 of the text. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
