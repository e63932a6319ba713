package parathink.datasets.generated;

import java.util.List;

/** The kinds of final question over all the parts before it. */
enum Finish {
    SUM,
    WEIGHTED_SUM,
    LARGE_WEIGHTED_SUM,
    PRODUCT,
    LARGE_PRODUCT;

    Part draw(MersenneTwister random, List<String> names) {
        return switch (this) {
            case SUM -> PlainSum.draw(random, names);
            case WEIGHTED_SUM -> WeightedSum.draw(random, names, false);
            case LARGE_WEIGHTED_SUM -> WeightedSum.draw(random, names, true);
            case PRODUCT -> ProductOfParts.draw(random, names, false);
            case LARGE_PRODUCT -> ProductOfParts.draw(random, names, true);
        };
    }
}
