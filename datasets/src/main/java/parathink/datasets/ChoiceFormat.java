package parathink.datasets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
                        .or(() -> first(LEADING, said))
                        .or(() -> last(NAMED, said))
                        .or(() -> byText(said))
                        .or(() -> last(ALONE, said)));
    }

    @Override
    public Answer read(String text) {
        return label(text).or(() -> find(text).filter(Answer::understood)).orElseGet(() -> stated(text));
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }

    /** Text that was marked as the answer: its letter, the letter of the option it repeats, or itself. */
    private Answer stated(String text) {
        return label(text).or(() -> byText(text)).orElseGet(() -> new Answer(text, Wording.normal(text), false));
    }

    private Optional<Answer> closing(String said) {
        return FinalAnswer.closings(said).stream()
                .flatMap(sentence -> label(sentence)
                        .or(() -> byText(sentence))
                        .or(() -> last(NAMED, sentence))
                        .or(() -> last(ALONE, sentence))
                        .stream())
                .findFirst();
    }

    /** The letter that the text begins with. */
    private Optional<Answer> label(String text) {
        if (text.length() > LONGEST_LABEL && !text.contains("\n")) {
            return Optional.empty();
        }
        return first(LABEL, text).or(() -> first(LEADING, text));
    }

    private static String bare(String text) {
        return WRAPPERS.matcher(text).replaceAll("");
    }

    private Optional<Answer> first(Pattern pattern, String text) {
        var found = pattern.matcher(bare(text));
        return found.find() ? letter(found) : Optional.empty();
    }

    private Optional<Answer> last(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        var last = Optional.<Answer>empty();
        while (found.find()) {
            var letter = letter(found);
            last = letter.isPresent() ? letter : last;
        }
        return last;
    }

    /** The letter that a pattern found, if so many options are there. */
    private Optional<Answer> letter(Matcher found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                char letter = found.group(group).toUpperCase(Locale.ROOT).charAt(0);
                boolean option = letter - 'A' < (choices.isEmpty() ? UNKNOWN : choices.size());
                return option
                        ? Optional.of(new Answer(found.group().strip(), String.valueOf(letter), true))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The one option that the text repeats. */
    private Optional<Answer> byText(String text) {
        var words = Wording.normal(text);
        var letters = IntStream.range(0, choices.size())
                .filter(i -> Wording.normal(choices.get(i)).equals(words))
                .mapToObj(i -> String.valueOf((char) ('A' + i)))
                .toList();
        return letters.size() == 1 ? Optional.of(new Answer(text.strip(), letters.getFirst(), true)) : Optional.empty();
    }

    /** Whether a text is no more than an option's letter. */
    static boolean isLetter(String text) {
        return text.length() < 40 && bare(text).strip().matches("\\(?[A-J]\\)?\\.?");
    }
}
