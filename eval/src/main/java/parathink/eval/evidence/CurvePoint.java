package parathink.eval.evidence;

/**
 * Accuracy with k completions: expectations over all subsets of size k of what one attempt drew, then means over the attempts
 * of a problem, then over problems.
 *
 * @param k completions
 * @param cons that the most frequent answer is right (cons@k); ties count for the share of right ones among the leaders
 * @param pass that any completion is right (pass@k)
 * @param work tokens of k completions
 * @param span tokens of the longest of k completions
 */
public record CurvePoint(int k, Estimate cons, Estimate pass, double work, double span) {}
