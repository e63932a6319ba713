/** What tells whether unfinished completions of a question will come to the same answer. */
package parathink.strategies.judges;
