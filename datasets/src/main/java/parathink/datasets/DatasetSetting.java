package parathink.datasets;

/**
 * A setting of a dataset, for the catalogue.
 *
 * @param name as typed
 * @param initial the value when it is not given
 * @param meaning one line
 */
public record DatasetSetting(String name, String initial, String meaning) {}
