/** Tables and texts as they are printed and written: terminal, CSV, Markdown, LaTeX. */
package parathink.eval.text;
