package parathink.models.tokenizer;

import parathink.models.ModelException;

/**
 * A token for each piece.
 *
 * @param unknown the token of a piece that is not in the vocabulary
 */
record WordLevelModel(Vocabulary vocabulary, UnknownToken unknown) implements SubwordModel {
    static WordLevelModel read(Section section, Vocabulary vocabulary) {
        return new WordLevelModel(vocabulary, UnknownToken.read(section, vocabulary));
    }

    @Override
    public void encode(String piece, TokenIds tokens) {
        int id = vocabulary.id(piece);
        if (id < 0) {
            id = unknown.id(piece);
        }
        if (id < 0) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s is not in the vocabulary of the model, which names no token for unknown words"
                            .formatted(Section.shown(piece)));
        }
        tokens.add(id);
    }
}
