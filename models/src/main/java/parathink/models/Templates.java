package parathink.models;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Instructions of one's own in place of some that come with the program.
 *
 * @param texts by name: distil, refine, revise, analyse, revise-analysed, select, summarise, compare, compare-raw, labels
 * @param hash of what they say, SHA-256; empty where there are none
 */
public record Templates(Map<String, String> texts, String hash) {
    /** No templates of one's own. */
    public static final Templates NONE = new Templates(Map.of(), "");

    public Templates {
        texts = Map.copyOf(texts);
    }

    /** These texts, with their hash. */
    public static Templates of(Map<String, String> texts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(texts)
                    .forEach((name, text) ->
                            digest.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            return new Templates(texts, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }
}
