package parathink.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash of a dataset, fed problem by problem: every character of ids, questions and references counts. One thread. */
public final class DatasetDigest {
    private final MessageDigest digest = sha256();

    public void add(Problem problem) {
        add(digest, problem.id());
        add(digest, problem.question().format().name());
        add(digest, problem.question().text());
        problem.question().choices().forEach(choice -> add(digest, choice));
        add(digest, problem.reference().orElse(""));
    }

    /** Sixty-four hexadecimal digits; starts anew. */
    public String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** With its length before it, so that no two lists of texts give the same bytes. */
    static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
