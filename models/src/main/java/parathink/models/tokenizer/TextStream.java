package parathink.models.tokenizer;

import java.util.Optional;
import java.util.function.IntFunction;
import parathink.models.Tokenizer;

/** Turns a stream of tokens into text as a {@link Detokenizer} says. Not thread-safe. */
final class TextStream implements Tokenizer.Decoder {
    private final Detokenizer rules;
    private final IntFunction<Optional<String>> names;
    private final Utf8Stream characters = new Utf8Stream();
    private boolean first = true;
    private int strips;

    /** A stream of tokens whose names are known; one without a name adds nothing. */
    TextStream(Detokenizer rules, IntFunction<Optional<String>> names) {
        this.rules = rules;
        this.names = names;
        this.strips = rules.strips();
    }

    @Override
    public String accept(int token) {
        var name = names.apply(token);
        if (name.isEmpty()) {
            return "";
        }
        var out = new StringBuilder();
        characters.accept(rules.bytes(name.get(), first), out);
        first = false;
        return withoutStripped(out);
    }

    @Override
    public String finish() {
        var out = new StringBuilder();
        characters.finish(out);
        return withoutStripped(out);
    }

    private String withoutStripped(StringBuilder out) {
        int start = 0;
        while (strips > 0 && start < out.length()) {
            if (out.charAt(start) == rules.stripped()) {
                strips--;
                start++;
            } else {
                strips = 0;
            }
        }
        return out.substring(start);
    }
}
