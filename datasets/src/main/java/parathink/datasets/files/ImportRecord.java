package parathink.datasets.files;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.datasets.DatasetException;

/**
 * What is known of an import; it lies beside the data as {@code NAME.json}.
 *
 * @param name under which the dataset is loaded
 * @param source the name of the file or folder that was imported
 * @param files the files that were read, by their names
 * @param rows how many problems
 * @param leftOut how many rows of the files belong to another year's contest
 * @param duplicates how many problems ask what an earlier one asks
 * @param conflicts how many of those have another answer
 * @param fingerprint the hash of the imported dataset
 * @param columns the columns that were named by hand, by role
 */
public record ImportRecord(
        String name,
        String source,
        List<String> files,
        int rows,
        @JsonProperty("left_out") int leftOut,
        int duplicates,
        int conflicts,
        String fingerprint,
        Map<String, String> columns) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public ImportRecord {
        files = List.copyOf(files);
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    /** The record of an import in a data folder, where there is one. */
    public static Optional<ImportRecord> find(Path dataFolder, String name) {
        var file = file(dataFolder, name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), ImportRecord.class));
        } catch (IOException e) {
            throw DatasetException.unreadable(
                    file + ": not the record of an import; import the dataset again with --replace", e);
        }
    }

    static Path file(Path dataFolder, String name) {
        return dataFolder.resolve(name + ".json");
    }

    String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers can be written", e);
        }
    }
}
