package parathink.strategies;

import java.util.Locale;
import parathink.models.Confidence;

/** One number for how sure a model was of a whole text (DeepConf: Fu et al., 2025, arXiv 2508.15260, section 3.1). */
public enum ConfidenceMeasure {
    /** The mean over all tokens. */
    MEAN {
        @Override
        double of(Confidence confidence, int tail) {
            return confidence.mean();
        }
    },
    /** The mean over the tenth of the groups that the model was least sure of. */
    BOTTOM {
        @Override
        double of(Confidence confidence, int tail) {
            return confidence.bottomGroups(0.1);
        }
    },
    /** The group that the model was least sure of. */
    LOWEST {
        @Override
        double of(Confidence confidence, int tail) {
            return confidence.lowestGroup();
        }
    },
    /** The mean over the last tokens. */
    TAIL {
        @Override
        double of(Confidence confidence, int tail) {
            return confidence.tail(tail);
        }
    };

    /**
     * The measure of one text.
     *
     * @param tail tokens that are its end
     */
    abstract double of(Confidence confidence, int tail);

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
