package parathink.datasets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import parathink.datasets.math.Wording;

/**
 * The letter of an option: {@code B}, {@code (B)}, {@code B) text}, {@code \boxed{\text{B}}}, or the text of an option where
 * the options are known.
 *
 * @param choices the options in the order shown; empty when they are not known, and then A to J are letters
 */
public record ChoiceFormat(List<String> choices) implements AnswerFormat {
    private static final int UNKNOWN = 10;
    private static final int LONGEST_LABEL = 200;

    private static final Pattern WRAPPERS = Pattern.compile(
            "\\\\(?:text|textbf|textrm|mathrm|mathbf|mbox|boxed)(?![a-zA-Z])\\s?|[${}*_`]|\\\\[()\\[\\],;! ]");

    /** An option letter where an answer begins; "A man" and "I think" are words. */
    private static final Pattern LABEL = Pattern.compile(
            "^\\s{0,9}(?:(?:option|choice|answer)\\s{1,9})?(?:\\(\\s?([A-Za-z])\\s?\\)|([A-Z])(?![A-Za-z0-9'’+=^/-]|\\s[a-z+=*/^-])|([a-z])\\s{0,9}(?:[).:]|$))");

    /** A letter that begins the whole completion, then its option or a stop. */
    private static final Pattern LEADING =
            Pattern.compile("^\\s{0,9}\\(?([A-Z])(?:\\)|[.:,、。]|\\s*$|\\s*\\n|\\s(?=[A-Z][a-z]))");

    private static final Pattern NAMED =
            Pattern.compile("(?:(?:option|choice)(?:\\s{1,9}is|:)?\\s{1,9}|(?:it|that|this)(?:'s|’s|\\s{1,9}is)\\s{1,9}"
                    + "|(?:choose|chose|pick|select|go with)\\s{1,9}|选(?:择|项)?\\s{0,9}(?:是|为)?)[*_]{0,2}"
                    + "(?:\\(([A-Za-z])\\)|([A-Z])(?![A-Za-z'’]|\\s[a-z]{1,20}\\s[a-z]))");
    private static final Pattern ALONE =
            Pattern.compile("(?<![A-Za-z0-9\\\\])\\(?([B-HJ]|A(?!\\s[a-z])|I(?!\\s[a-z'’]))\\)?(?![A-Za-z0-9'’])");

    public ChoiceFormat {
        choices = List.copyOf(choices);
        if (choices.size() > 26) {
            throw new IllegalArgumentException("at most 26 choices have a letter, got " + choices.size());
        }
    }

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public String instruction() {
        return "End with a last line of the form \"Answer: LETTER\".";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return FinalAnswer.afterThinking(completion)
                .flatMap(said -> FinalAnswer.boxed(said)
                        .or(() -> FinalAnswer.tagged(said))
                        .map(this::stated)
                        .or(() -> closing(said))
                        .or(() -> letter(LEADING, bare(said), false).map(letter -> answer(said, letter)))
                        .or(() -> letter(NAMED, said, true).map(letter -> answer(said, letter)))
                        .or(() -> byText(said).map(letter -> answer(said, letter)))
                        .or(() -> letter(ALONE, said, true).map(letter -> answer(said, letter))));
    }

    @Override
    public Answer read(String text) {
        var label = label(text);
        return label.map(letter -> answer(text, letter))
                .or(() -> find(text).filter(Answer::understood))
                .orElseGet(() -> stated(text));
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }

    private static Answer answer(String text, char letter) {
        return new Answer(text, String.valueOf(letter), true);
    }

    /** Text that was marked as the answer: its letter, the letter of the option it repeats, or itself. */
    private Answer stated(String text) {
        return label(text)
                .or(() -> byText(text))
                .map(letter -> answer(text, letter))
                .orElseGet(() -> new Answer(text, Wording.normal(text), false));
    }

    private Optional<Answer> closing(String said) {
        for (var sentence : FinalAnswer.closings(said)) {
            var letter = label(sentence)
                    .or(() -> byText(sentence))
                    .or(() -> letter(NAMED, sentence, true))
                    .or(() -> letter(ALONE, sentence, true));
            if (letter.isPresent()) {
                return letter.map(found -> answer(sentence, found));
            }
        }
        return Optional.empty();
    }

    /** The letter that the text begins with. */
    private Optional<Character> label(String text) {
        if (text.length() > LONGEST_LABEL && !text.contains("\n")) {
            return Optional.empty();
        }
        return letter(LABEL, bare(text), false).or(() -> letter(LEADING, bare(text), false));
    }

    private static String bare(String text) {
        return WRAPPERS.matcher(text).replaceAll("");
    }

    private Optional<Character> letter(Pattern pattern, String text, boolean last) {
        var found = pattern.matcher(text);
        var letter = Optional.<Character>empty();
        while (found.find()) {
            for (int group = 1; group <= found.groupCount(); group++) {
                if (found.group(group) != null) {
                    char candidate = found.group(group).toUpperCase(Locale.ROOT).charAt(0);
                    if (candidate - 'A' < (choices.isEmpty() ? UNKNOWN : choices.size())) {
                        letter = Optional.of(candidate);
                    }
                }
            }
            if (!last) {
                break;
            }
        }
        return letter;
    }

    /** The one option that the text repeats. */
    private Optional<Character> byText(String text) {
        var words = Wording.normal(text);
        var letter = Optional.<Character>empty();
        for (int i = 0; i < choices.size(); i++) {
            if (Wording.normal(choices.get(i)).equals(words)) {
                if (letter.isPresent()) {
                    return Optional.empty();
                }
                letter = Optional.of((char) ('A' + i));
            }
        }
        return letter;
    }

    /** Whether a text is no more than an option's letter. */
    static boolean isLetter(String text) {
        return text.length() < 40 && bare(text).strip().matches("\\(?[A-J]\\)?\\.?");
    }
}
