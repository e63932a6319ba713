package parathink.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parathink.models.ModelException;
import parathink.models.tokenizer.FileTokenizer;

/**
 * How a question and a completion become the tokens that a reward model reads. Immutable; may be used from any thread.
 *
 * @param format a text with {@code {question}} and {@code {completion}}, special tokens by name; nothing for the pair of both texts, in the
 *     frame that the tokenizer's own post-processor puts around a pair
 */
record RewardText(FileTokenizer tokenizer, Optional<String> format) {
    static final String QUESTION = "{question}";
    static final String COMPLETION = "{completion}";
    private static final Pattern PLACES = Pattern.compile("\\{(question|completion)}");

    /**
     * Token ids, with the part each belongs to.
     *
     * @param completion the place from which on they are the completion's; that of the end where the parts are not told apart
     */
    record Tokens(List<Integer> ids, int completion) {
        Tokens {
            ids = List.copyOf(ids);
        }

        /** 0 in the question, 1 in the completion, as models of pairs are trained. */
        int type(int place) {
            return place < completion ? 0 : 1;
        }
    }

    RewardText {
        if (format.isPresent() && (!once(format.get(), QUESTION) || !once(format.get(), COMPLETION))) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "--reward-format must have %s and %s once each, got '%s'"
                            .formatted(QUESTION, COMPLETION, format.get()));
        }
    }

    private static boolean once(String text, String part) {
        int first = text.indexOf(part);
        return first >= 0 && first == text.lastIndexOf(part);
    }

    /** Both texts as tokens. A text of a user or a model is put in as it is, so it may hold names of special tokens like any prompt. */
    Tokens tokens(String question, String completion) {
        if (format.isPresent()) {
            // one pass over the format: what is put in is never read as a place again
            var text = PLACES.matcher(format.get())
                    .replaceAll(place ->
                            Matcher.quoteReplacement(place.group(1).equals("question") ? question : completion));
            var ids = new ArrayList<Integer>();
            add(ids, tokenizer.encode(text));
            return new Tokens(ids, ids.size());
        }
        var ids = new ArrayList<Integer>(tokenizer.framing().before());
        add(ids, tokenizer.encode(question));
        ids.addAll(tokenizer.framing().between());
        int first = ids.size();
        add(ids, tokenizer.encode(completion));
        ids.addAll(tokenizer.framing().after());
        return new Tokens(ids, first);
    }

    private static void add(List<Integer> ids, int[] tokens) {
        for (int token : tokens) {
            ids.add(token);
        }
    }
}
