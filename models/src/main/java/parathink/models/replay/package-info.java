/** Recorded completions, given to strategies as if they were being generated. */
package parathink.models.replay;
