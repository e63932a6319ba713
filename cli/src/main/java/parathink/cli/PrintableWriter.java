package parathink.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Messages on their way to standard error: names and words that come from files and servers may hold characters that steer a
 * terminal, which are shown as {@code \u001b} in place of being obeyed. Line ends, tabs and the return of the progress line
 * pass. As thread-safe as the writer behind it.
 */
final class PrintableWriter extends FilterWriter {
    private PrintableWriter(Writer out) {
        super(out);
    }

    /** The same writer behind such a guard; it flushes with every line. */
    static PrintWriter before(PrintWriter out) {
        return new PrintWriter(new PrintableWriter(out), true);
    }

    @Override
    public void write(int c) throws IOException {
        if (c == '\n' || c == '\r' || c == '\t' || !steers(c)) {
            super.write(c);
        } else {
            out.write("\\u%04x".formatted(c));
        }
    }

    /** The control characters of both sets, and those that turn the direction of writing. */
    private static boolean steers(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }
}
