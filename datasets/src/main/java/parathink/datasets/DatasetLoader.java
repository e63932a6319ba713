package parathink.datasets;

/** Loads one dataset of the catalogue. Implementations are immutable; nothing is fetched from the network. */
public interface DatasetLoader {
    /**
     * Loads the problems asked for.
     *
     * @throws DatasetException when data is missing or cannot be read
     * @throws IllegalArgumentException when a setting is unknown or out of range
     */
    Dataset load(DatasetRequest request);
}
