package parathink.models;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A random stream that is named, never drawn: run seed, problem, repeat and place in the fork tree give the same numbers
 * whenever and in whatever order they are asked for.
 *
 * @param name the full name, parts separated by a line feed
 */
public record Seed(String name) {
    /** The seed of a whole run. */
    public static Seed of(long run) {
        return new Seed(Long.toString(run));
    }

    /** The stream of a named part of this one. */
    public Seed child(String part) {
        return new Seed(name + "\n" + part);
    }

    /** The stream of a numbered part of this one. */
    public Seed child(long part) {
        return child(Long.toString(part));
    }

    /** Different numbers from 0 up to below {@code of}, drawn evenly from this stream, in the order of the draw. */
    public List<Integer> draw(int some, int of) {
        if (some < 0 || some > of) {
            throw new IllegalArgumentException("%d different numbers cannot be drawn from %d".formatted(some, of));
        }
        long key = value();
        var left = new ArrayList<Integer>();
        for (int i = 0; i < of; i++) {
            left.add(i);
        }
        var drawn = new ArrayList<Integer>();
        for (int i = 0; i < some; i++) {
            drawn.add(left.remove(/* index */ (int) (Philox.uniform(key, i) * left.size())));
        }
        return drawn;
    }

    /** The stream as a number from 0 to 2^53 - 1, exact in any JSON reader. */
    public long value() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 8; i++) {
                bits = (bits << 8) | (digest[i] & 0xff);
            }
            return bits >>> 11;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
