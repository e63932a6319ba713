package parathink.models.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small {@code tokenizer.json} files: byte pairs over the tokens given, ids in their order, nothing else unless said. */
final class TokenizerFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> file = new LinkedHashMap<>();
    private final Map<String, Object> model = new LinkedHashMap<>();
    private final List<Object> added = new ArrayList<>();

    TokenizerFiles(String... tokens) {
        var vocabulary = new LinkedHashMap<String, Integer>();
        for (var token : tokens) {
            vocabulary.put(token, vocabulary.size());
        }
        model.put("type", "BPE");
        model.put("vocab", vocabulary);
        model.put("merges", List.of());
        file.put("added_tokens", added);
        file.put("model", model);
    }

    /** A field of the file, as JSON. */
    TokenizerFiles with(String field, String json) {
        file.put(field, tree(json));
        return this;
    }

    /** A field of the model, as JSON. */
    TokenizerFiles model(String field, String json) {
        model.put(field, tree(json));
        return this;
    }

    /** An added token; settings as JSON fields. */
    TokenizerFiles added(int id, String name, String settings) {
        added.add(tree("{\"id\": %d, \"content\": %s, %s}".formatted(id, quoted(name), settings)));
        return this;
    }

    /** A special token with no further settings. */
    TokenizerFiles special(int id, String name) {
        return added(id, name, "\"special\": true, \"normalized\": false");
    }

    FileTokenizer read(Path folder) {
        return FileTokenizer.read(write(folder));
    }

    Path write(Path folder) {
        return write(folder, "tokenizer.json", toString());
    }

    static Path write(Path folder, String name, String content) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Section section(String json) {
        try {
            return new Section(Path.of("tokenizer.json"), "part", JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object tree(String json) {
        return section(json).node();
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        try {
            return JSON.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
