package parathink.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A YAML file of settings: names of options without their dashes, for all commands, or for one under its name.
 *
 * <pre>
 * temperature: 0.6
 * run:
 *   concurrency: 4
 *   set:
 *     n: 16
 * </pre>
 *
 * Anchors, aliases and tags are refused: no setting needs them, and they are how such files do harm.
 *
 * @param file the file, for messages
 * @param entries values by name; those of one command as {@code run.concurrency}
 */
record SettingsFile(Path file, Map<String, Entry> entries) {
    private static final long LARGEST = 1 << 20;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * A setting as written.
     *
     * @param values one text, or several of a list; {@code name=value} for each member of a mapping
     * @param line where it stands, from 1
     */
    record Entry(List<String> values, int line) {
        Entry {
            values = List.copyOf(values);
        }
    }

    SettingsFile {
        entries = Map.copyOf(entries);
    }

    /**
     * Reads a file.
     *
     * @param commands names under which settings of one command stand
     * @throws IllegalArgumentException when it is no settings file; the message has file and line
     */
    static SettingsFile read(Path file, Set<String> commands) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + ": is no settings file, it has more than 1 MiB");
            }
            try (var parser = YAML.createParser(Files.newBufferedReader(file))) {
                return new SettingsFile(file, new Reader(file, commands, parser).read());
            }
        } catch (JsonProcessingException e) {
            var place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new IllegalArgumentException("%s%s: is not YAML: %s".formatted(file, place, complaint(e)), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The parser says what it was reading, then what is wrong; the indented lines between them are the place and the text there. */
    static String complaint(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(String::strip)
                .collect(Collectors.joining(": "));
    }

    /** Walks over one file. */
    private record Reader(Path file, Set<String> commands, YAMLParser parser) {

        Map<String, Entry> read() throws IOException {
            var entries = new LinkedHashMap<String, Entry>();
            if (next() != null) {
                expect(JsonToken.START_OBJECT, "lines such as 'temperature: 0.6'");
                members("", entries);
                if (next() != null) {
                    throw wrong("one document only");
                }
            }
            return entries;
        }

        private void members(String prefix, Map<String, Entry> entries) throws IOException {
            while (next() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                int line = parser.currentTokenLocation().getLineNr();
                var token = next();
                if (token == JsonToken.START_OBJECT && prefix.isEmpty() && commands.contains(name)) {
                    members(name + ".", entries);
                } else {
                    entries.put(prefix + name, new Entry(values(token), line));
                }
            }
        }

        private List<String> values(JsonToken token) throws IOException {
            var values = new ArrayList<String>();
            if (token == JsonToken.START_ARRAY) {
                while (next() != JsonToken.END_ARRAY) {
                    values.add(text());
                }
            } else if (token == JsonToken.START_OBJECT) {
                while (next() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    next();
                    values.add(name + "=" + text());
                }
            } else {
                values.add(text());
            }
            return values;
        }

        private String text() throws IOException {
            if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
                throw wrong("a text, a number, true or false");
            }
            return parser.getText();
        }

        private JsonToken next() throws IOException {
            var token = parser.nextToken();
            if (token != null
                    && (parser.isCurrentAlias() || parser.getTypeId() != null || parser.getObjectId() != null)) {
                throw wrong("plain values, without anchors, aliases and tags");
            }
            return token;
        }

        private void expect(JsonToken token, String right) {
            if (parser.currentToken() != token) {
                throw wrong(right);
            }
        }

        private IllegalArgumentException wrong(String right) {
            int line = parser.currentTokenLocation().getLineNr();
            return new IllegalArgumentException("%s:%d: expected %s".formatted(file, line, right));
        }
    }
}
