package parathink.models.template;

/**
 * A template that cannot be read or rendered: what is wrong, or what is not supported, and in which line of the template.
 * The message is one line.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NOWHERE = 0;
    private static final int MOST_SHOWN = 200;

    private final String complaint;
    private final int line;

    /** A complaint whose line the part of the template that is being evaluated will add. */
    TemplateException(String complaint) {
        this(NOWHERE, complaint);
    }

    TemplateException(int line, String complaint) {
        super((line == NOWHERE ? "" : "line " + line + ": ") + oneLine(complaint));
        this.line = line;
        this.complaint = complaint;
    }

    /** The same complaint in a line, unless it has one. */
    TemplateException in(int other) {
        return line == NOWHERE ? new TemplateException(other, complaint) : this;
    }

    /** What is wrong, without the line, as the template's author may have written it. */
    public String complaint() {
        return complaint;
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\R", " ");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }
}
