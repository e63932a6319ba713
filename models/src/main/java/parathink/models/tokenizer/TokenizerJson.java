package parathink.models.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parathink.models.ModelException;

/**
 * What stands in a {@code tokenizer.json}. The vocabulary and the merges, nearly all of it, are read as a stream: a tree of
 * them would take several times as long.
 *
 * @param settings everything else, with the fields of the model under {@code model}
 * @param merges left and right parts in turn, by rank
 */
record TokenizerJson(Section settings, Vocabulary vocabulary, List<String> merges) {
    private static final long MOST_BYTES = 512L << 20;

    /** The names in a vocabulary are all different: interning and hashing them again costs more than parsing. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .build();

    static TokenizerJson read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "is larger than %d MiB: not a tokenizer".formatted(MOST_BYTES >> 20));
            }
            try (var parser = JSON.createParser(Files.readAllBytes(file))) {
                return new Reading(file, parser).read();
            }
        } catch (NoSuchFileException e) {
            throw new ModelException(ModelException.Kind.MISSING, "%s: no such file".formatted(file), e);
        } catch (JsonProcessingException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, Settings.complaint(file, e), e);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static ModelException unusable(Path file, String complaint) {
        return new ModelException(ModelException.Kind.UNUSABLE, "%s: %s".formatted(file, complaint));
    }

    /** One pass over the file. */
    private static final class Reading {
        private final Path file;
        private final JsonParser parser;
        private final ObjectNode settings = JsonNodeFactory.instance.objectNode();
        private final Vocabulary vocabulary = new Vocabulary();
        private final List<String> merges = new ArrayList<>();

        Reading(Path file, JsonParser parser) {
            this.file = file;
            this.parser = parser;
        }

        TokenizerJson read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unusable(file, "is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("model")) {
                    settings.set(name, model());
                } else {
                    settings.set(name, JSON.readTree(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw unusable(file, "goes on after the end of its JSON object");
            }
            return new TokenizerJson(new Section(file, "", settings), vocabulary, merges);
        }

        private ObjectNode model() throws IOException {
            var model = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("vocab") && token == JsonToken.START_OBJECT) {
                    vocabulary();
                } else if (name.equals("merges") && token == JsonToken.START_ARRAY) {
                    merges();
                    model.put("merges", merges.size() / 2);
                } else if (name.equals("vocab")) {
                    parser.skipChildren(); // a list: a model of another kind, which the field 'type' will tell
                } else {
                    model.set(name, JSON.readTree(parser));
                }
            }
            return model;
        }

        private void vocabulary() throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var text = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw unusable(
                            file, "model.vocab: the id of %s is not a whole number".formatted(Section.shown(text)));
                }
                int id = parser.getIntValue();
                try {
                    if (!vocabulary.add(text, id)) {
                        throw unusable(
                                file,
                                "model.vocab: id %d or token %s is there twice".formatted(id, Section.shown(text)));
                    }
                } catch (IllegalArgumentException e) {
                    throw new ModelException(
                            ModelException.Kind.UNUSABLE,
                            "%s: model.vocab: %s: %s".formatted(file, Section.shown(text), e.getMessage()),
                            e);
                }
            }
        }

        private void merges() throws IOException {
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    var left = parser.nextTextValue();
                    var right = parser.nextTextValue();
                    if (left == null || right == null || parser.nextToken() != JsonToken.END_ARRAY) {
                        throw notTwoParts();
                    }
                    add(left, right);
                } else if (token == JsonToken.VALUE_STRING) {
                    add(parser.getText());
                } else {
                    throw notTwoParts();
                }
            }
        }

        private void add(String line) {
            if (line.startsWith("#version")) {
                return; // the first line of a merges.txt, sometimes taken over
            }
            int space = line.indexOf(' ');
            if (space < 0 || line.indexOf(' ', space + 1) >= 0) {
                throw notTwoParts();
            }
            add(line.substring(0, space), line.substring(space + 1));
        }

        private void add(String left, String right) {
            if (left.isEmpty() || right.isEmpty()) {
                throw notTwoParts();
            }
            merges.add(left);
            merges.add(right);
        }

        private ModelException notTwoParts() {
            return unusable(
                    file,
                    "model.merges[%d] should be two tokens, as \"a b\" or [\"a\", \"b\"]".formatted(merges.size() / 2));
        }
    }
}
