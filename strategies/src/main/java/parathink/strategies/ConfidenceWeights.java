package parathink.strategies;

import java.util.Locale;

/** What a vote of a completion counts whose confidence is known (DeepConf: Fu et al., 2025, arXiv 2508.15260, section 3.2). */
public enum ConfidenceWeights {
    /** Its confidence. */
    CONFIDENCE {
        @Override
        double of(double confidence) {
            return confidence;
        }
    },
    /** As much as any other: a plain majority of those that are kept. */
    EQUAL {
        @Override
        double of(double confidence) {
            return 1;
        }
    };

    abstract double of(double confidence);

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
