package parathink.datasets;

/**
 * A setting that a dataset of the catalogue understands.
 *
 * @param name as typed
 * @param defaultValue as it would be typed
 * @param description one line
 */
public record DatasetSetting(String name, String defaultValue, String description) {}
