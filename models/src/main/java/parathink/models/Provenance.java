package parathink.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a run must name so that it can be done again: where the tokens came from.
 *
 * @param weights hash of the model's weights, or the address of the server that has them
 * @param device what computed, with the numeric mode: {@code cpu, fast}
 * @param versions of the libraries that took part, by name
 */
public record Provenance(String weights, String device, Map<String, String> versions) {
    public Provenance {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(device, "device");
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }
}
