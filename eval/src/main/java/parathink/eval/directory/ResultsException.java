package parathink.eval.directory;

/**
 * A run directory that cannot be read or written: bad input (exit code 2). The message names the file, the line where there
 * is one, and what would be right.
 */
public final class ResultsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ResultsException(String message) {
        super(message);
    }

    public ResultsException(String message, Throwable cause) {
        super(message, cause);
    }
}
