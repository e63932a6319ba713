package parathink.models;

import java.util.Map;

/**
 * Instructions of one's own in place of some that come with the program.
 *
 * @param texts by name: distil, refine, revise, analyse, revise-analysed, select, summarise, compare, compare-raw, labels
 * @param hash of the file that they stand in; empty where there is none
 */
public record Templates(Map<String, String> texts, String hash) {
    /** No templates of one's own. */
    public static final Templates NONE = new Templates(Map.of(), "");

    public Templates {
        texts = Map.copyOf(texts);
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }
}
