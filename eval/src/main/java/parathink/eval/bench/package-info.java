/** Speed of an engine by batch and context, alone or in turn with others: what {@code bench} prints. */
package parathink.eval.bench;
