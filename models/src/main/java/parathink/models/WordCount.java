package parathink.models;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts words in a text as it grows, each once, when the character after it is there. Used by one thread. */
final class WordCount {
    private final Pattern pattern;
    private final int longest; // characters of a word
    private int from; // characters that need not be looked at again
    private int count;

    /** No text yet. */
    WordCount(List<String> words) {
        var any = words.stream()
                .map(word -> List.of(word.strip().split("\\s+")).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s")))
                .collect(Collectors.joining("|"));
        pattern = Pattern.compile(
                "(?<![\\p{L}\\p{N}_])(?:" + any + ")(?![\\p{L}\\p{N}_])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        longest = words.stream().mapToInt(String::length).max().orElseThrow();
    }

    /** Words in a text that begins with the one given last, but not beyond those asked for. */
    int in(CharSequence text, int most) {
        var matcher = pattern.matcher(text).useTransparentBounds(true);
        while (count < most && matcher.region(from, text.length()).find() && matcher.end() < text.length()) {
            count++;
            from = matcher.end();
        }
        if (count < most) {
            from = Math.max(from, text.length() - longest - 1);
        }
        return count;
    }
}
