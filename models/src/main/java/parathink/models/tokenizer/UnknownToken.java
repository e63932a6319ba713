package parathink.models.tokenizer;

import parathink.models.ModelException;

/**
 * The token for what a vocabulary lacks. A file may name one that is not in its vocabulary; that matters only once a text
 * needs it.
 *
 * @param name empty when the file names none
 * @param known its id, or -1
 */
record UnknownToken(String name, int known) {
    static UnknownToken read(Section model, Vocabulary vocabulary) {
        var name = model.optional("unk_token").map(Section::text).orElse("");
        return new UnknownToken(name, name.isEmpty() ? -1 : vocabulary.id(name));
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    /** The id to put for a text; -1 when the file names no such token. */
    int id(String text) {
        if (isNamed() && known < 0) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s is not in the vocabulary, and neither is the token for such cases, %s"
                            .formatted(Section.shown(text), Section.shown(name)));
        }
        return known;
    }
}
