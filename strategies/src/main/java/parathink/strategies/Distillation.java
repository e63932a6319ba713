package parathink.strategies;

import java.util.Locale;

/** How a workspace is made of drafts (Madaan et al., 2025, arXiv 2510.01123, section 3). */
public enum Distillation {
    /** The model writes a summary: agreements, contradictions, what is derived and what is open. */
    GLOBAL,
    /** The best k drafts, the same for every call. */
    SHARED_TOP_K,
    /** The best k drafts, chosen for each call by itself. */
    PER_SAMPLE_TOP_K,
    /** k drafts drawn evenly for each call by itself. */
    RANDOM_K;

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
