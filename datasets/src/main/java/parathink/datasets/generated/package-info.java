/**
 * Problem families that are drawn rather than read: Countdown games and arithmetic in words, number for number as the
 * embedded model's training set was drawn, and only those that were held out of it.
 */
package parathink.datasets.generated;
