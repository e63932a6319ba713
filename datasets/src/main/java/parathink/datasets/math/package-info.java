/**
 * Reads the mathematics of an answer and decides whether two answers are equal. {@link parathink.datasets.math.Meaning} is
 * the way in; everything is immutable, and every step is counted against a limit, so any input ends soon.
 */
package parathink.datasets.math;
