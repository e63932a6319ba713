package parathink.models.tokenizer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import parathink.models.ModelException;
import parathink.models.Tokenizer;

/**
 * The tokenizer that a {@code tokenizer.json} describes: byte-pair or word-level vocabularies with the normalizers,
 * pre-tokenizers and decoders of decoder-only models. Gives the ids that the reference implementation gives without adding
 * the tokens of {@link #framing}; a file with a kind of part that is not known here is refused. Immutable; may be used from
 * any thread.
 */
public final class FileTokenizer implements Tokenizer {
    private final Path file;
    private final UnaryOperator<String> normalizer;
    private final AddedTokens verbatim; // looked for before the text is normalized
    private final AddedTokens normalized;
    private final PreTokenizer preTokenizer;
    private final SubwordModel model;
    private final Vocabulary vocabulary;
    private final Map<Integer, AddedToken> added;
    private final Detokenizer detokenizer;
    private final Framing framing;
    private final EndTokens ends;
    private final int size;

    private FileTokenizer(TokenizerJson json) {
        var settings = json.settings();
        this.file = settings.file();
        this.vocabulary = json.vocabulary();
        this.model = model(json);
        this.normalizer = settings.optional("normalizer").map(Normalizers::read).orElse(UnaryOperator.identity());
        this.preTokenizer =
                settings.optional("pre_tokenizer").map(PreTokenizers::read).orElse(PreTokenizers.none());
        this.detokenizer = settings.optional("decoder").map(Detokenizer::read).orElse(Detokenizer.none());
        this.framing = settings.optional("post_processor").map(Framing::read).orElse(Framing.NONE);
        this.added = addedTokens(settings, vocabulary);
        var byNormalized = added.values().stream().collect(Collectors.partitioningBy(AddedToken::normalized));
        this.verbatim = new AddedTokens(byNormalized.get(false), UnaryOperator.identity());
        this.normalized = new AddedTokens(byNormalized.get(true), normalizer);
        this.size = Math.max(
                vocabulary.size(),
                added.keySet().stream().mapToInt(id -> id + 1).max().orElse(0));
        this.ends = EndTokens.NONE;
    }

    private FileTokenizer(FileTokenizer other, EndTokens ends) {
        this.file = other.file;
        this.normalizer = other.normalizer;
        this.verbatim = other.verbatim;
        this.normalized = other.normalized;
        this.preTokenizer = other.preTokenizer;
        this.model = other.model;
        this.vocabulary = other.vocabulary;
        this.added = other.added;
        this.detokenizer = other.detokenizer;
        this.framing = other.framing;
        this.size = other.size;
        this.ends = ends;
    }

    /** Reads a {@code tokenizer.json}. No token of it ends a text until {@link #endingWith} says so. */
    public static FileTokenizer read(Path file) {
        return new FileTokenizer(TokenizerJson.read(file));
    }

    /** The same tokenizer, whose decoders give no text for the tokens that end a text. */
    public FileTokenizer endingWith(EndTokens tokens) {
        return new FileTokenizer(this, tokens);
    }

    private static SubwordModel model(TokenizerJson json) {
        var section = json.settings().at("model");
        // old files do not name the kind, and only this one has merges
        var kind =
                section.optional("type").isEmpty() && section.optional("merges").isPresent() ? "BPE" : section.kind();
        return switch (kind) {
            case "BPE" -> BytePairModel.read(section, json.vocabulary(), json.merges());
            case "WordLevel" -> WordLevelModel.read(section, json.vocabulary());
            default -> throw section.unsupported("BPE, WordLevel");
        };
    }

    /** The added tokens by id; each must be the only one of its name and its id, in the vocabulary too. */
    private static Map<Integer, AddedToken> addedTokens(Section settings, Vocabulary vocabulary) {
        var tokens = new LinkedHashMap<Integer, AddedToken>();
        var ids = new HashMap<String, Integer>();
        for (var section : settings.optional("added_tokens").map(Section::items).orElse(List.of())) {
            var token = AddedToken.read(section);
            int known = ids.getOrDefault(token.name(), vocabulary.id(token.name()));
            var former = Optional.ofNullable(tokens.get(token.id()))
                    .map(AddedToken::name)
                    .or(() -> vocabulary.text(token.id()));
            if ((known >= 0 && known != token.id())
                    || !former.orElse(token.name()).equals(token.name())) {
                throw section.unusable("gives %s the id %d, and another part of the file says otherwise"
                        .formatted(Section.shown(token.name()), token.id()));
            }
            tokens.put(token.id(), token);
            ids.put(token.name(), token.id());
        }
        return tokens;
    }

    @Override
    public int[] encode(String text) {
        var tokens = new TokenIds();
        try {
            verbatim.split(
                    wellFormed(text),
                    true,
                    tokens::add,
                    (part, opening) -> normalized.split(
                            normalizer.apply(part),
                            opening,
                            tokens::add,
                            (plain, first) ->
                                    preTokenizer.cut(plain, first, (piece, any) -> model.encode(piece, tokens))));
        } catch (ModelException e) {
            throw new ModelException(e.kind(), "%s: %s".formatted(file, e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new ModelException(
                    ModelException.Kind.FAILED,
                    "a text of %d characters is too long for a regular expression of %s".formatted(text.length(), file),
                    e);
        }
        return tokens.toArray();
    }

    /** Half a surrogate pair is no character and has no bytes. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int point = text.codePointAt(i);
                if (point <= Character.MAX_VALUE) {
                    return text.codePoints()
                            .map(p -> p <= Character.MAX_VALUE && Character.isSurrogate((char) p) ? 0xFFFD : p)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                }
                i++;
            }
        }
        return text;
    }

    /** A decoder; special tokens give their names, tokens that end a text and ids without a token give nothing. */
    @Override
    public Decoder decoder() {
        return new TextStream(detokenizer, id -> ends.contains(id) ? Optional.empty() : shown(id));
    }

    /** What a decoder starts from: the name in the form in which the token was found. */
    private Optional<String> shown(int id) {
        var token = added.get(id);
        return token != null && token.normalized() ? Optional.of(normalizer.apply(token.name())) : name(id);
    }

    @Override
    public int size() {
        return size;
    }

    /** The name of a token, as the file writes it; empty for an id without a token. */
    public Optional<String> name(int id) {
        return Optional.ofNullable(added.get(id)).map(AddedToken::name).or(() -> vocabulary.text(id));
    }

    /** The id of a token by its name. */
    public OptionalInt id(String name) {
        int known = vocabulary.id(name);
        if (known >= 0) {
            return OptionalInt.of(known);
        }
        return added.values().stream()
                .filter(token -> token.name().equals(name))
                .mapToInt(AddedToken::id)
                .findFirst();
    }

    /**
     * The tokens that the reference implementation adds around a text unless it is told not to. {@link #encode} never adds
     * them: whether a prompt begins with them is the chat template's to say. A model without a template whose framing has
     * tokens before the text was trained to see them, so a plain prompt should begin with {@link #opening}.
     */
    public Framing framing() {
        return framing;
    }

    /** The names of the tokens before the text; {@link #encode} makes those tokens of them. */
    public String opening() {
        var names = framing.before().stream().map(id -> name(id).orElse("")).collect(Collectors.joining());
        int[] ids = framing.before().stream().mapToInt(id -> id).toArray();
        if (!Arrays.equals(encode(names), ids)) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: post_processor puts the tokens %s before a text, and 'added_tokens' does not name them all"
                            .formatted(file, framing.before()));
        }
        return names;
    }
}
