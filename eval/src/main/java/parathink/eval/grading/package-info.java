/** What tells whether an answer is right, and second opinions on it. */
package parathink.eval.grading;
