package parathink.datasets.math;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the signs and commands of answers mean: one table for LaTeX, one for Unicode, one for plain names. */
final class Symbols {
    static final String AND = "and";
    static final String OR = "or";

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ";
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋ₙ";
    private static final String PLAIN = "0123456789+-n";

    private static final Map<String, String> MARKS = marks();
    private static final Map<Character, String> UNICODE = unicode();
    private static final Map<String, Function> FUNCTIONS = functions();

    /** Commands that change only how things look. */
    private static final Set<String> LOOKS = Set.of(
            "left",
            "right",
            "middle",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "rm",
            "bf",
            "it",
            "sf",
            "large",
            "Large",
            "boxed",
            "fbox",
            "mathstrut",
            "ensuremath",
            "hfill",
            "strut",
            "angle",
            "triangle",
            "odot",
            "underline",
            "boldsymbol",
            "bm",
            "mathcal",
            "mathfrak",
            "overrightarrow",
            "vec",
            "overline",
            "bar",
            "tilde",
            "widehat",
            "hline",
            "mathord",
            "mathop",
            "Biggl",
            "Biggr",
            "normalsize",
            "small",
            "square",
            "measuredangle");

    private static final Set<String> SPACES =
            Set.of("quad", "qquad", "space", "thinspace", "enspace", "newline", "hspace", "vspace", "nonumber");

    private static final Set<String> GREEK = Set.of(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "vartheta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "ell",
            "hbar",
            "prime");

    static final Set<String> TEXT = Set.of(
            "text",
            "textbf",
            "textit",
            "textrm",
            "textsf",
            "texttt",
            "textnormal",
            "mbox",
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "operatorname",
            "hat",
            "emph",
            "hbox");

    /** Short English words that are no product of variables. */
    private static final Set<String> SHORT_WORDS = Set.of(
            "is", "the", "to", "no", "yes", "of", "in", "on", "an", "at", "it", "be", "by", "if", "as", "so", "not",
            "odd", "all", "one", "two", "six", "ten", "are", "was", "for", "any", "red", "sun", "mon", "tue", "wed",
            "thu", "fri", "sat", "pm", "am", "we", "he", "she", "its", "has", "had", "can", "per", "out", "off", "old",
            "new", "boy", "girl", "man", "cat", "dog", "do", "us", "up", "or", "and", "cup", "cups", "way", "ways",
            "from", "both", "but", "who", "his", "her", "DNE", "USD", "Rs", "win", "tie");

    private Symbols() {}

    static Optional<String> mark(String command) {
        return Optional.ofNullable(MARKS.get(command));
    }

    static Optional<Function> function(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name));
    }

    static boolean looks(String command) {
        return LOOKS.contains(command);
    }

    static boolean spaces(String command) {
        return SPACES.contains(command);
    }

    static boolean greek(String command) {
        return GREEK.contains(command);
    }

    static boolean word(String letters) {
        boolean capitalised = Character.isUpperCase(letters.charAt(0))
                && letters.substring(1).chars().allMatch(Character::isLowerCase);
        return letters.length() > 3 || SHORT_WORDS.contains(capitalised ? letters.toLowerCase(Locale.ROOT) : letters);
    }

    /** Unicode signs rewritten in LaTeX; text without any comes back as it is. */
    static String ascii(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        var ascii = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int raised = raised(text, i, ascii, "^{", SUPERSCRIPTS) + raised(text, i, ascii, "_{", SUBSCRIPTS);
            if (raised > 0) {
                i += raised - 1;
            } else if (c >= '\uFF01' && c <= '\uFF5E') {
                ascii.append((char) (c - 0xFEE0)); // full-width forms
            } else {
                ascii.append(UNICODE.getOrDefault(c, String.valueOf(c)));
            }
        }
        return ascii.toString();
    }

    /** Writes a run of small digits as one group; returns its length. */
    private static int raised(String text, int from, StringBuilder ascii, String open, String digits) {
        int to = from;
        while (to < text.length() && digits.indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        if (to > from) {
            ascii.append(open);
            for (int i = from; i < to; i++) {
                ascii.append(PLAIN.charAt(digits.indexOf(text.charAt(i))));
            }
            ascii.append('}');
        }
        return to - from;
    }

    private static Map<String, String> marks() {
        var marks = new HashMap<String, String>();
        put(marks, "*", "cdot times ast bullet");
        put(marks, "/", "div slash");
        put(marks, "≤", "le leq leqslant leqq");
        put(marks, "≥", "ge geq geqslant geqq");
        put(marks, "<", "lt");
        put(marks, ">", "gt");
        put(marks, "≠", "ne neq");
        put(marks, "≈", "approx simeq sim cong doteq");
        put(marks, "≡", "equiv");
        put(marks, "∈", "in");
        put(marks, "∪", "cup bigcup");
        put(marks, "∩", "cap bigcap");
        put(marks, "∖", "setminus backslash smallsetminus");
        put(marks, "±", "pm");
        put(marks, "∓", "mp");
        put(marks, "∞", "infty");
        put(marks, "∅", "emptyset varnothing");
        put(marks, "°", "circ degree degrees");
        put(marks, "…", "ldots dots cdots dotsc dotsb vdots ddots");
        put(marks, "|", "mid vert lvert rvert");
        put(marks, "‖", "Vert lVert rVert");
        put(marks, "⌊", "lfloor");
        put(marks, "⌋", "rfloor");
        put(marks, "⌈", "lceil");
        put(marks, "⌉", "rceil");
        put(marks, "→", "to rightarrow Rightarrow implies mapsto longrightarrow iff Leftrightarrow");
        put(marks, "(", "lparen langle");
        put(marks, ")", "rparen rangle");
        put(marks, "[", "lbrack");
        put(marks, "]", "rbrack");
        put(marks, "\\{", "lbrace");
        put(marks, "\\}", "rbrace");
        put(marks, ":", "colon");
        put(marks, AND, "land wedge");
        put(marks, OR, "lor vee");
        return Map.copyOf(marks);
    }

    private static void put(Map<String, String> marks, String sign, String commands) {
        for (var command : commands.split(" ", -1)) {
            marks.put(command, sign);
        }
    }

    private static Map<String, Function> functions() {
        var functions = new HashMap<String, Function>();
        for (var function : Function.values()) {
            functions.put(function.toString(), function);
        }
        functions.remove("double_factorial");
        functions.remove("factorial");
        functions.remove("binomial");
        functions.remove("re");
        functions.remove("im");
        functions.put("Re", Function.RE);
        functions.put("Im", Function.IM);
        functions.put("tg", Function.TAN);
        functions.put("ctg", Function.COT);
        functions.put("cosec", Function.CSC);
        functions.put("asin", Function.ARCSIN);
        functions.put("acos", Function.ARCCOS);
        functions.put("atan", Function.ARCTAN);
        functions.put("arctg", Function.ARCTAN);
        functions.put("lg", Function.LOG);
        return Map.copyOf(functions);
    }

    private static Map<Character, String> unicode() {
        var table = new HashMap<Character, String>();
        pairs(table, "×* ·* ⋅* ∙* •* ∗* ÷/ ∕/ ⁄/ −- –- —- ‐- ‑- ﹣- ∶: ′' ’' ‘' “\" ”\" ∣| ｜|");
        pairs(table, "√\\sqrt π\\pi ⩽≤ ⩾≥ ≃≈ ∼≈ º° ⋯… ⇒→");
        pairs(
                table,
                "½\\frac{1}{2} ¼\\frac{1}{4} ¾\\frac{3}{4} ⅓\\frac{1}{3} ⅔\\frac{2}{3} ⅕\\frac{1}{5} ⅖\\frac{2}{5}");
        pairs(
                table,
                "⅗\\frac{3}{5} ⅘\\frac{4}{5} ⅙\\frac{1}{6} ⅚\\frac{5}{6} ⅛\\frac{1}{8} ⅜\\frac{3}{8} ⅝\\frac{5}{8}");
        pairs(
                table,
                "⅞\\frac{7}{8} ∛\\sqrt[3] ∜\\sqrt[4] ℝ\\mathbb{R} ℤ\\mathbb{Z} ℕ\\mathbb{N} ℚ\\mathbb{Q} ℂ\\mathbb{C}");
        pairs(table, "⟨( ⟩) 〈( 〉) 、, 。. ，, ；; ：: （( ）) 【[ 】] ∧\\land ∨\\lor");
        pairs(
                table,
                "α\\alpha β\\beta γ\\gamma δ\\delta ε\\epsilon θ\\theta λ\\lambda μ\\mu ρ\\rho σ\\sigma τ\\tau φ\\phi");
        pairs(table, "ω\\omega Δ\\Delta Ω\\Omega Φ\\Phi Σ\\Sigma ∠\\angle △\\triangle €\\$ £\\$ ¥\\$ ₹\\$ ➔→ ⟹→ ∘°");
        for (char blank : new char[] {'\u00A0', '\u2009', '\u202F', '\u2002', '\u2003', '\u3000', '\u2007', '\u200A'}) {
            table.put(blank, " ");
        }
        for (char nothing : new char[] {'\u200B', '\u2060', '\uFEFF', '\u200E', '\u200F', '\u2061', '\u2062'}) {
            table.put(nothing, "");
        }
        table.replaceAll((sign, latex) -> latex.matches("\\\\[a-zA-Z]+") ? latex + " " : latex);
        return Map.copyOf(table);
    }

    private static void pairs(Map<Character, String> table, String pairs) {
        for (var pair : pairs.split(" ", -1)) {
            if (pair.length() > 1) {
                table.put(pair.charAt(0), pair.substring(1));
            }
        }
    }
}
