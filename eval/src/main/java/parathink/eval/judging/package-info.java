/** How good a judge of unfinished completions is, measured on a pool; and the fit of the one that needs no model. */
package parathink.eval.judging;
