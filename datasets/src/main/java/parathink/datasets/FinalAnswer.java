package parathink.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parathink.datasets.Passages.Passage;
import parathink.datasets.math.Meaning;

/**
 * Finds the text of the final answer in a completion: the last box; else an answer tag or the last closing sentence; else
 * the completion itself when it is no more than an answer; else its last formula or number.
 */
final class FinalAnswer {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";
    private static final Pattern END_OF_TURN = Pattern.compile("<\\|(?:im_end|im_start|endoftext|eot_id|end)\\|>");
    private static final Pattern TAG = Pattern.compile("<answer>", Pattern.CASE_INSENSITIVE);

    /** The word for an answer, then a copula, a colon or the answer itself. */
    private static final Pattern CLOSING = Pattern.compile(
            "(?:\\b(?:answers?|réponse|respuesta|antwort|risposta|resposta|antwoord|cevap|svar|odpowiedź|jawaban|ответ)\\b"
                    + "|答案|答え|정답|الجواب|الإجابة|उत्तर)"
                    + "[\\s*_]{0,9}(?:(?:(?:is|are|was|will be|would be|should be|must be|est|es|ist|é|è|هي|هو|है)\\b"
                    + "|[:：=是为為は은는选])[\\s*_:：]{0,9}"
                    + "|(?=\\$|\\\\[(\\[]|[-+]?\\d)|\\*\\*\\s{1,9})"
                    + "|####\\s{0,9}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern REASON =
            Pattern.compile(",?\\s(?:since|because|which|whereas|as (?:required|desired))\\b");
    private static final Pattern COPULA = Pattern.compile("\\s(?:is|are|equals|be|was|of)\\s|\\s=\\s|[:：]\\s");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![A-Za-z0-9_.^\\\\])(?:(?<![\\w)\\]}])[-−])?(?:\\$|\\\\\\$)?"
                    + "(?:\\d{0,9}\\s?\\\\[dt]?frac\\{[^{}]{1,80}\\}\\{[^{}]{1,80}\\}|\\d{0,9}\\\\sqrt\\{[^{}]{1,80}\\}"
                    + "|(?:\\d{1,3}(?:[. ]\\d{3})++,\\d++|\\d{1,3}(?:(?:,|\\{,\\}|,\\\\!\\s?)\\d{3})++(?!\\d)|\\d++)(?:[.,]\\d++)?(?:\\s?/\\s?\\d++)?|\\.\\d++)"
                    + "(?:\\s?(?:\\\\?%|percent\\b))?");
    private static final Pattern PROSE = Pattern.compile("(?<![\\\\a-zA-Z])[a-zA-Z]{2,}");

    /** What a sentence may say of an answer without giving one. */
    private static final Set<String> REMARKS = Set.of(
            "correct",
            "right",
            "wrong",
            "incorrect",
            "not",
            "unclear",
            "unknown",
            "there",
            "as",
            "that",
            "obtained",
            "found");

    private static final int TAIL = 2_000;
    private static final int LONGEST_BARE = 300;
    private static final int MOST_BARE_WORDS = 2;
    private static final int LONGEST_WORDS = 80;
    private static final int MOST_CLOSINGS = 20;

    private FinalAnswer() {}

    /** What was said after thinking; nothing while a thought is still open. */
    static Optional<String> afterThinking(String completion) {
        int close = completion.lastIndexOf(CLOSE);
        var said = close < 0 ? completion : completion.substring(close + CLOSE.length());
        return said.contains(OPEN) ? Optional.empty() : Optional.of(said);
    }

    static Optional<String> in(String completion) {
        return afterThinking(completion)
                .flatMap(said -> marked(said)
                        .or(() -> boxed(completion)) // in a thought that was ended, when what followed was cut off
                        .or(() -> bare(said))
                        .or(() -> lastFormula(said)));
    }

    /** What a text says is its answer, by a box, a tag or a closing sentence. */
    static Optional<String> marked(String text) {
        return boxed(text).or(() -> tagged(text)).or(() -> closing(text));
    }

    static Optional<String> boxed(String text) {
        return Boxes.last(text).map(String::strip).filter(answer -> !answer.isEmpty());
    }

    /** The content of the last answer tag. */
    static Optional<String> tagged(String text) {
        int start = -1;
        var tag = TAG.matcher(text);
        while (tag.find()) {
            start = tag.end();
        }
        if (start < 0) {
            return Optional.empty();
        }
        int end = text.toLowerCase(Locale.ROOT).indexOf("</answer>", start);
        return Optional.of(text.substring(start, end < 0 ? text.length() : end).strip())
                .filter(answer -> !answer.isEmpty());
    }

    /** What the last closing sentences say, the last first. */
    static List<String> closings(String text) {
        var turn = END_OF_TURN.matcher(text);
        var said = turn.find() && turn.start() > 0 ? text.substring(0, turn.start()) : text;
        var starts = new ArrayList<Integer>();
        var closing = CLOSING.matcher(said);
        while (closing.find()) {
            starts.add(closing.end());
        }
        return starts.reversed().stream()
                .limit(MOST_CLOSINGS)
                .map(start -> Sentences.first(said, start))
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private static Optional<String> closing(String text) {
        return closings(text).stream()
                .flatMap(sentence -> stated(sentence).stream())
                .findFirst();
    }

    /** The answer that a sentence states. */
    private static Optional<String> stated(String closing) {
        var sentence = Sentences.bare(REASON.split(closing, 2)[0]);
        var first = sentence.split("[\\s,.;]", 2)[0].toLowerCase(Locale.ROOT);
        if (REMARKS.contains(first)) {
            return Optional.empty();
        }
        if (isFormula(sentence)) {
            return Optional.of(sentence);
        }
        var passages = Passages.in(sentence);
        if (!passages.isEmpty() && passages.getFirst().start() == 0) {
            return Optional.of(passages.getFirst().content());
        }
        var copula = COPULA.matcher(sentence);
        int after = -1;
        while (copula.find()) {
            if (outside(copula.start(), passages)) {
                after = copula.end();
            }
        }
        if (after > 0 && after < sentence.length()) {
            var rest = Sentences.bare(sentence.substring(after));
            if (isFormula(rest)) {
                return Optional.of(rest);
            }
        }
        return lastFormula(sentence)
                .or(() -> sentence.length() <= LONGEST_WORDS ? Optional.of(sentence) : Optional.empty());
    }

    private static boolean outside(int place, List<Passage> passages) {
        return passages.stream().noneMatch(passage -> passage.start() <= place && place < passage.end());
    }

    /** Whether the whole text is mathematics, not words alone. */
    private static boolean isFormula(String text) {
        return text.chars().anyMatch(c -> (c >= '0' && c <= '9') || c == '\\' || c == '$')
                && text.length() <= LONGEST_BARE
                && Meaning.of(text).understood();
    }

    /** The whole text, when it is an answer and no prose around one. */
    private static Optional<String> bare(String text) {
        var answer = text.strip();
        if (answer.isEmpty() || answer.length() > LONGEST_BARE || answer.contains("\\boxed")) {
            return Optional.empty();
        }
        var passages = Passages.in(answer);
        boolean one = passages.size() == 1
                && passages.getFirst().start() == 0
                && passages.getFirst().end() == answer.length();
        var prose = PROSE.matcher(answer.replaceAll("\\\\(?:text|mbox|textbf|mathrm)\\s?\\{[^{}]*\\}", ""));
        int words = 0;
        while (prose.find()) {
            words++;
        }
        boolean plain = answer.chars().allMatch(c -> c < 0x0590);
        boolean formula = answer.chars().noneMatch(c -> c >= '0' && c <= '9')
                || answer.chars().anyMatch(c -> "\\^_={([".indexOf(c) >= 0);
        return one || (words <= MOST_BARE_WORDS && plain && formula) || isFormula(answer)
                ? Optional.of(answer)
                : Optional.empty();
    }

    /** The last stretch of mathematics, or the last number after it. */
    private static Optional<String> lastFormula(String text) {
        var tail = text.length() <= TAIL ? text : text.substring(text.length() - TAIL);
        var last = Passages.in(tail).reversed().stream()
                .filter(passage -> Meaning.of(passage.content()).understood())
                .findFirst();
        int from = last.map(Passage::end).orElse(0);
        return lastNumber(tail.substring(from)).or(() -> last.map(Passage::content));
    }

    /** The last number of a text. */
    static Optional<String> lastNumber(String text) {
        var tail = text.length() <= TAIL ? text : text.substring(text.length() - TAIL);
        var number = NUMBER.matcher(tail);
        var last = Optional.<String>empty();
        while (number.find()) {
            last = Optional.of(number.group());
        }
        return last;
    }
}
