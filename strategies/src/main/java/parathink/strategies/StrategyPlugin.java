package parathink.strategies;

import java.util.List;

/**
 * What a jar of somebody else's strategies offers. A jar names its implementations in
 * {@code META-INF/services/parathink.strategies.StrategyPlugin}, each with a public constructor without parameters;
 * {@link Plugins} finds them there. Made once, used by one thread.
 */
public interface StrategyPlugin {
    /** Its lines of the catalogue; their names must not be taken. */
    List<StrategyEntry> strategies();
}
