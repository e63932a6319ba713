/** Grids of runs on the same problems: their table, their page and the Pareto fronts. */
package parathink.eval.sweep;
