package parathink.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says on standard error why a command ended early: one line, and the place in the code for a bug or when it was asked for. */
record Failures(Environment environment, boolean stacktrace) {

    /** Reports a failure; the exit code is the result. */
    ExitCode report(Throwable failure, String command) {
        var exit = ExitCode.of(failure);
        var err = environment.err();
        var bug = exit == ExitCode.BUG ? "this is a bug of parathink: " : "";
        // a carriage return would write over the line so far
        err.printf("%s: %s%s%n", command, bug, message(failure).replace("\r", "\\u000d"));
        if (stacktrace || exit == ExitCode.BUG) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exit;
    }

    private static String message(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException file -> file.getFile() + ": there is no such file or folder";
            case AccessDeniedException file -> file.getFile() + ": no permission";
            case FileAlreadyExistsException file -> file.getFile() + ": is in the way";
            case NotDirectoryException file -> file.getFile() + ": is not a folder";
            case UncheckedIOException unchecked when addsNothing(unchecked) -> message(unchecked.getCause());
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    // An UncheckedIOException made without words of its own has its cause's.
    private static boolean addsNothing(UncheckedIOException unchecked) {
        return unchecked.getCause().toString().equals(unchecked.getMessage());
    }
}
