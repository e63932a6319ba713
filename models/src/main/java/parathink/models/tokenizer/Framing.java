package parathink.models.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that the post-processor of a {@code tokenizer.json} puts around one text.
 *
 * @param before such as the token that begins every text
 * @param after such as a separator; of no use to a text that is to be continued
 */
public record Framing(List<Integer> before, List<Integer> after) {
    static final Framing NONE = new Framing(List.of(), List.of());

    public Framing {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static Framing read(Section section) {
        return switch (section.kind()) {
            case "ByteLevel" -> NONE; // it only moves offsets
            case "Sequence" ->
                section.at("processors").items().stream().map(Framing::read).reduce(NONE, Framing::within);
            case "TemplateProcessing" -> template(section);
            case "BertProcessing", "RobertaProcessing" ->
                new Framing(List.of(classic(section.at("cls"))), List.of(classic(section.at("sep"))));
            default ->
                throw section.unsupported("BertProcessing, ByteLevel, RobertaProcessing, Sequence, TemplateProcessing");
        };
    }

    private static Framing within(Framing inner, Framing outer) {
        var before = new ArrayList<>(outer.before);
        before.addAll(inner.before);
        var after = new ArrayList<>(inner.after);
        after.addAll(outer.after);
        return new Framing(before, after);
    }

    private static Framing template(Section section) {
        var before = new ArrayList<Integer>();
        var after = new ArrayList<Integer>();
        var texts = 0;
        for (var piece : section.at("single").items()) {
            Optional<Section> special = piece.optional("SpecialToken");
            if (special.isEmpty()) {
                piece.at("Sequence");
                texts++;
            } else {
                var name = special.get().at("id").text();
                for (var id : section.at("special_tokens").at(name).at("ids").items()) {
                    (texts == 0 ? before : after).add(id.id());
                }
            }
        }
        if (texts != 1) {
            throw section.unusable("should have the text once under 'single', has it %d times".formatted(texts));
        }
        return new Framing(before, after);
    }

    /** A pair of a token and its id. */
    private static int classic(Section pair) {
        var parts = pair.items();
        if (parts.size() != 2) {
            throw pair.unusable("should be a token and its id");
        }
        return parts.get(1).id();
    }
}
