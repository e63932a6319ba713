package parathink.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run must name so that it can be done again: where the tokens came from.
 *
 * @param weights hash of the model's weights, or the address of the server that has them
 * @param device what computed, with the numeric mode: {@code cpu, fast}
 * @param versions of the libraries that took part, by name
 * @param size the shape of the model, where it is known
 * @param recorded the model whose completions are replayed, where that is known
 */
public record Provenance(
        String weights,
        String device,
        Map<String, String> versions,
        Optional<ModelSize> size,
        Optional<String> recorded) {
    public Provenance {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(recorded, "recorded");
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** Of a model that computes. */
    public Provenance(String weights, String device, Map<String, String> versions, Optional<ModelSize> size) {
        this(weights, device, versions, size, Optional.empty());
    }

    /** Of a model whose shape is not known. */
    public Provenance(String weights, String device, Map<String, String> versions) {
        this(weights, device, versions, Optional.empty());
    }
}
