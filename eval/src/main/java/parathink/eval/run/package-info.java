/** A run: what it is asked to do, solving every problem of a dataset with it, going on after an interruption, and checking it afterwards. */
package parathink.eval.run;
