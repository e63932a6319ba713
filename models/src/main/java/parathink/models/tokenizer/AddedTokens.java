package parathink.models.tokenizer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** Finds added tokens in a text: the leftmost first, the longest of those. Immutable; any thread. */
final class AddedTokens {
    private final Node root = new Node();
    private final BitSet firsts = new BitSet(); // first characters of names

    /** A trie over the characters of the names. */
    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private Optional<AddedToken> token = Optional.empty();
    }

    /** Tokens and the form of their names in the texts that are searched. */
    AddedTokens(List<AddedToken> tokens, UnaryOperator<String> form) {
        for (var token : tokens) {
            var node = root;
            for (char c : form.apply(token.name()).toCharArray()) {
                node = node.next.computeIfAbsent(c, any -> new Node());
            }
            if (node != root && node.token.isEmpty()) {
                node.token = Optional.of(token);
            }
        }
        root.next.keySet().forEach(firsts::set);
    }

    /** Takes what lies between the tokens. */
    @FunctionalInterface
    interface Between {
        void accept(String text, boolean opening);
    }

    /**
     * Gives tokens and what lies between them, in the order of the text.
     *
     * @param opening whether the text begins the whole one
     */
    void split(String text, boolean opening, IntConsumer tokens, Between between) {
        int done = 0;
        int at = 0;
        while (at < text.length()) {
            var found = longestAt(text, at);
            if (found.isEmpty()) {
                at++;
                continue;
            }
            var token = found.get().token();
            int start = at;
            int end = found.get().end();
            at = end;
            if (token.singleWord() && !standsAlone(text, start, end)) {
                continue;
            }
            if (token.takesLeft()) {
                start = WhiteSpace.startOfRun(text, done, start);
            }
            if (token.takesRight()) {
                end = WhiteSpace.endOfRun(text, end);
            }
            if (done < start) {
                between.accept(text.substring(done, start), opening && done == 0);
            }
            tokens.accept(token.id());
            done = end;
        }
        if (done < text.length()) {
            between.accept(text.substring(done), opening && done == 0);
        }
    }

    private record Found(AddedToken token, int end) {}

    private Optional<Found> longestAt(String text, int at) {
        if (!firsts.get(text.charAt(at))) {
            return Optional.empty();
        }
        var node = root.next.get(text.charAt(at));
        Optional<Found> longest = Optional.empty();
        for (int end = at + 1; node != null; end++) {
            if (node.token.isPresent()) {
                longest = Optional.of(new Found(node.token.get(), end));
            }
            node = end < text.length() ? node.next.get(text.charAt(end)) : null;
        }
        return longest;
    }

    private static boolean standsAlone(String text, int start, int end) {
        return (start == 0 || !isWord(text.codePointBefore(start)))
                && (end == text.length() || !isWord(text.codePointAt(end)));
    }

    /** A character of a word, by the definition of Unicode's regular expressions. */
    private static boolean isWord(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> true;
            default -> Character.isAlphabetic(point) || point == 0x200C || point == 0x200D;
        };
    }
}
