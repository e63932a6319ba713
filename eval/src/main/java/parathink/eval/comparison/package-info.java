/** Paired comparison of runs on the same problems, also at the same spend, and the planning of such comparisons. */
package parathink.eval.comparison;
