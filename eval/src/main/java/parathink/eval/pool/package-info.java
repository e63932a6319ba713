/** Pools of completions as datasets, as trials, and as plain majorities beside a replay. */
package parathink.eval.pool;
