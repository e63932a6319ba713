package parathink.models.tokenizer;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The tokens that end every text of a model.
 *
 * @param ids empty for a model whose files name none: its texts end at their token limit
 */
public record EndTokens(Set<Integer> ids) {
    public static final EndTokens NONE = new EndTokens(Set.of());

    public EndTokens {
        ids = Set.copyOf(ids);
    }

    public boolean contains(int token) {
        return ids.contains(token);
    }

    EndTokens and(EndTokens others) {
        var all = new LinkedHashSet<>(ids);
        all.addAll(others.ids);
        return new EndTokens(all);
    }

    /** The field {@code eos_token_id}, a number or a list of them, of a {@code config.json} or {@code generation_config.json}. */
    static EndTokens ofIds(Section config) {
        var field = config.optional("eos_token_id");
        if (field.isEmpty()) {
            return NONE;
        }
        var ids = new LinkedHashSet<Integer>();
        if (field.get().node().isArray()) {
            field.get().items().forEach(id -> ids.add(id.count()));
        } else {
            ids.add(field.get().count());
        }
        return new EndTokens(ids);
    }

    /** The field {@code eos_token}, a name or an object with it, of a {@code tokenizer_config.json}. */
    static EndTokens ofName(Section config, FileTokenizer tokenizer) {
        var field = config.optional("eos_token");
        if (field.isEmpty()) {
            return NONE;
        }
        var name = field.get().node().isObject() ? field.get().at("content") : field.get();
        return new EndTokens(Set.of(tokenizer
                .id(name.text())
                .orElseThrow(() -> name.unusable(
                        "is %s, which is not a token of the tokenizer".formatted(Section.shown(name.text()))))));
    }
}
