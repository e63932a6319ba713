package parathink.models.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import parathink.models.ModelException;

/** Reads the small JSON files that lie beside a tokenizer. */
final class Settings {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Settings() {}

    /** The object in a file; empty when there is no such file. */
    static Optional<Section> read(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            var node = JSON.readTree(file.toFile());
            if (!node.isObject()) {
                throw new ModelException(ModelException.Kind.UNUSABLE, file + ": is not a JSON object");
            }
            return Optional.of(new Section(file, "", node));
        } catch (JsonProcessingException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, complaint(file, e), e);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** One line for a file that is not JSON. */
    static String complaint(Path file, JsonProcessingException e) {
        var place = e.getLocation();
        var reason = e.getOriginalMessage().lines().findFirst().orElse("it is torn");
        return place == null
                ? "%s: is not valid JSON: %s".formatted(file, reason)
                : "%s: is not valid JSON at line %d, column %d: %s"
                        .formatted(file, place.getLineNr(), place.getColumnNr(), reason);
    }
}
