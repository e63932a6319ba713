package parathink.eval.report;

import java.io.IOException;

/** The look of a report, for pages that have no script. Stateless. */
public final class PageStyle {
    private static final String DARK = ":root[data-theme=\"dark\"] {";

    private PageStyle() {}

    /** The style sheet; without a script that chooses, the reader's system decides between light and dark. */
    public static String css() throws IOException {
        var css = HtmlReport.resource("page.css");
        int from = css.indexOf(DARK) + DARK.length();
        var colours = css.substring(from, css.indexOf('}', from));
        return css + "@media (prefers-color-scheme: dark) { :root {" + colours + "} }\n";
    }
}
