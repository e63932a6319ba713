package parathink.models.onnx;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import parathink.models.Tokenizer;

/**
 * The vocabulary of the small reasoning model: a token for each printable ASCII character and the line feed, and
 * special tokens that are written by name. A character without a token becomes a question mark. Immutable; any thread.
 */
final class ByteTokenizer implements Tokenizer {
    static final int END = 2;

    private static final int SIZE = 128;
    private static final int LINE_FEED = 10;
    private static final int FIRST_THOUGHT = 12; // <think1>
    private static final int FIRST_CLOSED_THOUGHT = 20; // </think1>
    private static final int THOUGHTS = 8;

    private final String[] texts = new String[SIZE];
    private final List<Map.Entry<String, Integer>> names; // of special tokens, longest first

    ByteTokenizer() {
        Arrays.setAll(texts, token -> Character.toString((char) token));
        var named = specials();
        named.forEach((name, token) -> texts[token] = name);
        texts[END] = ""; // nothing to read for whoever reads the text
        names = named.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                .toList();
    }

    private static Map<String, Integer> specials() {
        var named = new HashMap<String, Integer>();
        var first = List.of(
                "<pad>",
                "<bos>",
                "<eos>",
                "<think>",
                "</think>",
                "<summary>",
                "</summary>",
                "<workspace>",
                "</workspace>",
                "<draft>");
        IntStream.range(0, first.size()).forEach(token -> named.put(first.get(token), token));
        named.put("\\boxed{", 11);
        for (int thought = 0; thought < THOUGHTS; thought++) {
            named.put("<think%d>".formatted(thought + 1), FIRST_THOUGHT + thought);
            named.put("</think%d>".formatted(thought + 1), FIRST_CLOSED_THOUGHT + thought);
        }
        named.putAll(Map.of("<same?>", 28, "<yes>", 29, "<no>", 30, "</draft>", 31, "<fork>", 127));
        return Map.copyOf(named);
    }

    @Override
    public int[] encode(String text) {
        var tokens = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); count++) {
            var special = specialAt(text, at);
            if (special.isPresent()) {
                tokens[count] = special.get().getValue();
                at += special.get().getKey().length();
            } else {
                int character = text.codePointAt(at);
                tokens[count] = character == LINE_FEED || (character >= ' ' && character <= '~') ? character : '?';
                at += Character.charCount(character);
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    private Optional<Map.Entry<String, Integer>> specialAt(String text, int at) {
        char first = text.charAt(at);
        if (first != '<' && first != '\\') {
            return Optional.empty();
        }
        return names.stream().filter(name -> text.startsWith(name.getKey(), at)).findFirst();
    }

    @Override
    public Decoder decoder() {
        return new Decoder() {
            @Override
            public String accept(int token) {
                return texts[token];
            }

            @Override
            public String finish() {
                return ""; // no character has more than one token
            }
        };
    }

    @Override
    public int size() {
        return SIZE;
    }
}
