package parathink.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import parathink.models.Tokenizer;

/** Token ids written as numbers with a space between them; the tokens of thoughts by their names too. */
record NumberTokenizer(int size) implements Tokenizer {
    private static final int FIRST_NAMED = 40;
    private static final List<String> NAMES = List.of("<think1>", "<think2>", "<think3>", "<think4>", "<summary>");

    @Override
    public int[] encode(String text) {
        return Arrays.stream(text.split(" "))
                .flatMapToInt(NumberTokenizer::token)
                .toArray();
    }

    private static IntStream token(String word) {
        if (word.startsWith("<")) {
            int named = NAMES.indexOf(word);
            return named < 0 ? IntStream.of(1, 2) : IntStream.of(FIRST_NAMED + named);
        }
        return IntStream.of(Integer.parseInt(word));
    }

    @Override
    public Decoder decoder() {
        return new Decoder() {
            @Override
            public String accept(int token) {
                int named = token - FIRST_NAMED;
                return (named >= 0 && named < NAMES.size() ? NAMES.get(named) : token) + " ";
            }

            @Override
            public String finish() {
                return "";
            }
        };
    }
}
