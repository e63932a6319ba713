package parathink.datasets.generated;

import parathink.datasets.Question;

/** Draws the problems of one family, one after the other from a stream of random numbers. */
interface Generator {
    Drawn draw(MersenneTwister random);

    /** A problem without an id. */
    record Drawn(Question question, String reference) {}
}
