/**
 * What the completions of a run show: exact curves, where answers are lost, what limits and graders decide, how far a vote can
 * be trusted, and how success grows with more completions. Pure functions of {@link parathink.eval.evidence.Trial}s; knows no
 * files.
 */
package parathink.eval.evidence;
