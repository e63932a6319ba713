/** Runs, results, metrics and reports. */
package parathink.eval;
