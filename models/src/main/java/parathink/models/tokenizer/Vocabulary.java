package parathink.models.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens by text and by id. Filled while a file is read, then only read; any thread. */
final class Vocabulary {
    /** Far above any vocabulary in use; a file that goes beyond it must not make us allocate what it asks for. */
    static final int MOST_IDS = 1 << 24;

    private final Map<String, Integer> ids = new HashMap<>(1 << 16);
    private String[] texts = new String[1 << 12]; // null where there is no token

    private int size;

    /** Adds a token; false when the id or the text is taken by another one. */
    boolean add(String text, int id) {
        if (id < 0 || id >= MOST_IDS) {
            throw new IllegalArgumentException("id %d is not from 0 to %d".formatted(id, MOST_IDS - 1));
        }
        if (id >= texts.length) {
            texts = Arrays.copyOf(texts, Math.max(id + 1, 2 * texts.length));
        }
        if (texts[id] != null && !texts[id].equals(text)) {
            return false;
        }
        var former = ids.putIfAbsent(text, id);
        if (former != null && former != id) {
            return false;
        }
        texts[id] = text;
        size = Math.max(size, id + 1);
        return true;
    }

    /** The id of a token, or -1. */
    int id(String text) {
        return ids.getOrDefault(text, -1);
    }

    Optional<String> text(int id) {
        return id < 0 || id >= size ? Optional.empty() : Optional.ofNullable(texts[id]);
    }

    /** One more than the highest id. */
    int size() {
        return size;
    }
}
