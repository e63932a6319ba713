package parathink.models.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens that the post-processor of a {@code tokenizer.json} puts around a text or a pair of texts.
 *
 * @param before such as the token that begins every text
 * @param between the two texts of a pair, such as one separator or two
 * @param after such as a separator; of no use to a text that is to be continued
 */
public record Framing(List<Integer> before, List<Integer> between, List<Integer> after) {
    static final Framing NONE = new Framing(List.of(), List.of(), List.of());

    public Framing {
        before = List.copyOf(before);
        between = List.copyOf(between);
        after = List.copyOf(after);
    }

    static Framing read(Section section) {
        return switch (section.kind()) {
            case "ByteLevel" -> NONE; // it only moves offsets
            case "Sequence" ->
                section.at("processors").items().stream().map(Framing::read).reduce(NONE, Framing::within);
            case "TemplateProcessing" -> template(section);
            case "BertProcessing" -> classic(section, 1);
            case "RobertaProcessing" -> classic(section, 2);
            default ->
                throw section.unsupported("BertProcessing, ByteLevel, RobertaProcessing, Sequence, TemplateProcessing");
        };
    }

    private static Framing within(Framing inner, Framing outer) {
        return new Framing(
                joined(outer.before, inner.before),
                joined(inner.between, outer.between),
                joined(inner.after, outer.after));
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Framing template(Section section) {
        var single = specials(section, "single", 1);
        // a template without one for pairs leaves them to its user, and two texts in a row are the plainest
        var pair = section.optional("pair").isPresent()
                ? specials(section, "pair", 2)
                : List.of(single.getFirst(), joined(single.getLast(), single.getFirst()), single.getLast());
        return new Framing(single.getFirst(), pair.get(1), single.getLast());
    }

    /** The tokens before, between and after so many texts. */
    private static List<List<Integer>> specials(Section section, String name, int texts) {
        var specials = new ArrayList<List<Integer>>(List.of(new ArrayList<>()));
        for (var piece : section.at(name).items()) {
            Optional<Section> special = piece.optional("SpecialToken");
            if (special.isEmpty()) {
                piece.at("Sequence");
                specials.add(new ArrayList<>());
            } else {
                var token = special.get().at("id").text();
                for (var id : section.at("special_tokens").at(token).at("ids").items()) {
                    specials.getLast().add(id.count());
                }
            }
        }
        if (specials.size() != texts + 1) {
            throw section.unusable(
                    "should have %d texts under '%s', has %d".formatted(texts, name, specials.size() - 1));
        }
        return specials;
    }

    private static Framing classic(Section section, int separators) {
        var sep = id(section.at("sep"));
        return new Framing(List.of(id(section.at("cls"))), Collections.nCopies(separators, sep), List.of(sep));
    }

    /** A pair of a token and its id. */
    private static int id(Section pair) {
        var parts = pair.items();
        if (parts.size() != 2) {
            throw pair.unusable("should be a token and its id");
        }
        return parts.get(1).count();
    }
}
