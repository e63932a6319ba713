package parathink.models.onnx;

import java.util.Arrays;
import parathink.models.Tokenizer;

/** Token ids written as numbers with a space between them. */
record NumberTokenizer(int size) implements Tokenizer {
    @Override
    public int[] encode(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public Decoder decoder() {
        return new Decoder() {
            @Override
            public String accept(int token) {
                return token + " ";
            }

            @Override
            public String finish() {
                return "";
            }
        };
    }
}
