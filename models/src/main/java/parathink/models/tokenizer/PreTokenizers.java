package parathink.models.tokenizer;

import java.util.regex.Pattern;

/** The kinds of pre-tokenizers that a {@code tokenizer.json} may name. */
final class PreTokenizers {
    private static final String KNOWN =
            "ByteLevel, Digits, Metaspace, Punctuation, Sequence, Split, Whitespace, WhitespaceSplit";

    /** The words of GPT-2 (Radford et al., 2019), which byte-level pre-tokenizers cut at. */
    private static final Pattern GPT2 = OnigurumaPattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    private static final Pattern NUMBER = OnigurumaPattern.compile("\\p{N}");
    private static final Pattern PUNCTUATION = OnigurumaPattern.compile("[\\p{P}!-/:-@\\[-`{-~]");
    private static final Pattern SPACE = OnigurumaPattern.compile("\\s");
    private static final Pattern WORD = OnigurumaPattern.compile("\\w+|[^\\w\\s]+");

    private PreTokenizers() {}

    /** Leaves a piece as it is. */
    static PreTokenizer none() {
        return (piece, opening, pieces) -> pieces.accept(piece, opening);
    }

    static PreTokenizer read(Section section) {
        return switch (section.kind()) {
            case "ByteLevel" -> byteLevel(section);
            case "Digits" ->
                new Split(
                        NUMBER,
                        section.flag("individual_digits", false) ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS,
                        false);
            case "Metaspace" -> Metaspace.read(section);
            case "Punctuation" ->
                new Split(
                        PUNCTUATION,
                        section.optional("behavior").map(SplitBehavior::read).orElse(SplitBehavior.ISOLATED),
                        false);
            case "Sequence" ->
                section.at("pretokenizers").items().stream()
                        .map(PreTokenizers::read)
                        .reduce(PreTokenizer::then)
                        .orElseGet(PreTokenizers::none);
            case "Split" ->
                new Split(
                        TextPattern.read(section.at("pattern")),
                        SplitBehavior.read(section.at("behavior")),
                        section.flag("invert", false));
            case "Whitespace" -> new Split(WORD, SplitBehavior.REMOVED, true);
            case "WhitespaceSplit" -> new Split(SPACE, SplitBehavior.REMOVED, false);
            default -> throw section.unsupported(KNOWN);
        };
    }

    private static PreTokenizer byteLevel(Section section) {
        PreTokenizer cut = section.flag("add_prefix_space", true) ? PreTokenizers::addSpace : none();
        if (section.flag("use_regex", true)) {
            cut = cut.then(new Split(GPT2, SplitBehavior.ISOLATED, false));
        }
        return cut.then((piece, opening, pieces) -> pieces.accept(ByteAlphabet.write(piece), opening));
    }

    private static void addSpace(String piece, boolean opening, PreTokenizer.Pieces pieces) {
        pieces.accept(piece.charAt(0) == ' ' ? piece : " " + piece, opening);
    }
}
