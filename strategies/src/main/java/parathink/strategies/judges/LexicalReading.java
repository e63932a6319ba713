package parathink.strategies.judges;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the lexical judge sees of one text: its numbers, the values it came to, and its words. Immutable.
 *
 * @param numbers all, without those of the question
 * @param results numbers that follow an equals sign, in order
 * @param late the last few different numbers
 * @param named what the text last said of each name, such as {@code x} or {@code f(1)}
 * @param conclusion the number after the last word that announces one, such as "answer"
 * @param phrases pairs of neighbouring words
 * @param hesitations words that take something back
 * @param length in characters
 */
record LexicalReading(
        Set<String> numbers,
        List<String> results,
        Set<String> late,
        Map<String, String> named,
        Optional<String> conclusion,
        Set<String> phrases,
        int hesitations,
        int length) {
    private static final int LATE = 8;
    private static final Pattern NUMBERS = Pattern.compile("-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?");
    private static final Pattern RESULTS = Pattern.compile("=\\s*[$(]?(-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?)");
    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w)])([A-Za-z](?:_\\{?\\w{1,3}}?)?(?:\\([^()\\s]{1,5}\\))?|[A-Za-z]{2,8})\\s*=\\s*"
                    + "(-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?)(?!\\s*[-+*/^(a-zA-Z\\\\])");
    private static final Pattern CONCLUSION = Pattern.compile(
            "(?:answer|result|total|probability|value|sum|boxed)\\b[^\\d.\\n]{0,24}?(-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HESITATIONS = Pattern.compile(
            "\\b(?:wait|hmm|but|actually|alternatively|mistake|wrong|confus\\w+)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\d]+");

    LexicalReading {
        numbers = Set.copyOf(numbers);
        results = List.copyOf(results);
        late = Set.copyOf(late);
        named = Map.copyOf(named);
        phrases = Set.copyOf(phrases);
    }

    /** Reads a text that answers a question. */
    static LexicalReading of(String question, String text) {
        var given = new HashSet<>(all(NUMBERS, question, 0));
        var numbers = all(NUMBERS, text, 0);
        var late = new LinkedHashSet<String>();
        for (int i = numbers.size() - 1; i >= 0 && late.size() < LATE; i--) {
            if (!given.contains(numbers.get(i))) {
                late.add(numbers.get(i));
            }
        }
        var own = new HashSet<>(numbers);
        own.removeAll(given);
        var conclusions = all(CONCLUSION, text, 1);
        return new LexicalReading(
                own,
                all(RESULTS, text, 1),
                late,
                named(text),
                conclusions.isEmpty() ? Optional.empty() : Optional.of(conclusions.getLast()),
                phrases(text),
                all(HESITATIONS, text, 0).size(),
                text.length());
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        var found = new ArrayList<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group).replace(",", ""));
        }
        return found;
    }

    private static Map<String, String> named(String text) {
        var named = new HashMap<String, String>();
        var matcher = NAMED.matcher(text);
        while (matcher.find()) {
            named.put(matcher.group(1), matcher.group(2).replace(",", ""));
        }
        return named;
    }

    private static Set<String> phrases(String text) {
        var phrases = new HashSet<String>();
        var matcher = WORDS.matcher(text.toLowerCase(Locale.ROOT));
        var before = "";
        while (matcher.find()) {
            phrases.add(before + " " + matcher.group());
            before = matcher.group();
        }
        return phrases;
    }
}
