package parathink.models.tokenizer;

import java.util.Arrays;

/** A growing list of token ids. Not thread-safe. */
final class TokenIds {
    private int[] ids = new int[64];
    private int count;

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
    }

    void addAll(int[] more) {
        if (count + more.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(2 * count, count + more.length));
        }
        System.arraycopy(more, 0, ids, count, more.length);
        count += more.length;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, count);
    }
}
