package parathink.datasets;

/** Data that is missing or cannot be read; the message names the file, the line and what would be right. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    private DatasetException(String message, Throwable cause, boolean missing) {
        super(message, cause);
        this.missing = missing;
    }

    /** The data is there but not usable (exit code 2). */
    public static DatasetException unreadable(String message, Throwable cause) {
        return new DatasetException(message, cause, false);
    }

    /** The data is there but not usable (exit code 2). */
    public static DatasetException unreadable(String message) {
        return new DatasetException(message, null, false);
    }

    /** The data is not on this machine; the message says how to get it (exit code 4). */
    public static DatasetException missing(String message) {
        return new DatasetException(message, null, true);
    }

    public boolean isMissing() {
        return missing;
    }
}
