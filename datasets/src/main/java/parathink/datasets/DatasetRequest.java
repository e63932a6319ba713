package parathink.datasets;

import java.nio.file.Path;
import java.util.Map;

/**
 * What to load.
 *
 * @param settings settings of the dataset by name, as typed, such as {@code size=500} of a generated family
 * @param limit the number of problems wanted, from the first; {@link Integer#MAX_VALUE} for all
 * @param dataFolder where imported datasets lie
 */
public record DatasetRequest(Map<String, String> settings, int limit, Path dataFolder) {
    public DatasetRequest {
        settings = Map.copyOf(settings);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
    }
}
