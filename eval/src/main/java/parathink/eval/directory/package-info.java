/** The run directory: its lines and files, how they are appended, read, put in order and locked. */
package parathink.eval.directory;
