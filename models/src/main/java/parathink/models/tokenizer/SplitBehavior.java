package parathink.models.tokenizer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What becomes of the matches of a split. */
enum SplitBehavior {
    /** Pieces of their own. */
    ISOLATED("Isolated"),
    /** Left out. */
    REMOVED("Removed"),
    /** The end of the piece before; a match after a match stands alone. */
    MERGED_WITH_PREVIOUS("MergedWithPrevious"),
    /** The beginning of the piece behind; a match before a match stands alone. */
    MERGED_WITH_NEXT("MergedWithNext"),
    /** Matches that touch are one piece. */
    CONTIGUOUS("Contiguous");

    private final String name;

    SplitBehavior(String name) {
        this.name = name;
    }

    static SplitBehavior read(Section section) {
        var name = section.text();
        return Arrays.stream(values())
                .filter(behavior -> behavior.name.equals(name))
                .findFirst()
                .orElseThrow(() -> section.unusable("is %s, should be one of %s"
                        .formatted(
                                Section.shown(name),
                                Arrays.stream(values())
                                        .map(behavior -> behavior.name)
                                        .collect(Collectors.joining(", ")))));
    }
}
