/** The figures of one run, and its lines as the analyses of {@link parathink.eval.evidence} take them. */
package parathink.eval.metrics;
