package parathink.strategies;

import java.util.Locale;
import parathink.models.Thoughts;

/**
 * When the paths of ParaThinker end (Wen et al., 2025, section 4.4): once so many of them have closed or reached
 * their limit. A path that the budget ends does not count: the budget ends the others too.
 */
enum PathFinish {
    /** What the model was taught with. */
    MODEL,
    FIRST,
    /** Half of the paths, rounded up. */
    HALF,
    LAST;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule itself, where it is left to the model. */
    PathFinish of(Thoughts thoughts) {
        return this == MODEL ? valueOf(thoughts.finish().toUpperCase(Locale.ROOT)) : this;
    }

    /** How many of some paths end all of them. */
    int needed(int paths) {
        return switch (this) {
            case FIRST -> 1;
            case HALF -> (paths + 1) / 2;
            case LAST -> paths;
            case MODEL -> throw new IllegalStateException("ask the model first");
        };
    }
}
