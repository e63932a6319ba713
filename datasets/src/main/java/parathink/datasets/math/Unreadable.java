package parathink.datasets.math;

/** The text is no mathematics that we read, or its value is undefined or too large to work out. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message, null, false, false); // thrown often and always caught here, so no stack trace
    }
}
