package parathink.datasets.generated;

import parathink.datasets.AnswerFormat;

/** Draws the problems of one family, one after the other from a stream of random numbers. */
interface Generator {
    Drawn draw(MersenneTwister random);

    /** A problem without an id; most are thrown away for their text, so the rest is made when it is asked for. */
    interface Drawn {
        String text();

        AnswerFormat format();

        String reference();
    }
}
