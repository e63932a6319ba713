package parathink.strategies;

/**
 * A setting that a strategy of the catalogue understands.
 *
 * @param name as typed in {@code -S name=value}
 * @param defaultValue as it would be typed
 * @param description one line, with the range
 */
public record Setting(String name, String defaultValue, String description) {}
