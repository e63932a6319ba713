package parathink.models.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names and their values, over those of the statements around. Used by one thread. */
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, Value> values = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    /** The outermost one. */
    static Scope of(Map<String, Value> values) {
        var scope = new Scope(Optional.empty());
        scope.values.putAll(values);
        return scope;
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void set(String name, Value value) {
        values.put(name, value);
    }

    Optional<Value> find(String name) {
        var scope = Optional.of(this);
        while (scope.isPresent()) {
            var value = scope.get().values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
            scope = scope.get().outer;
        }
        return Optional.empty();
    }
}
