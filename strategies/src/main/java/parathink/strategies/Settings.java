package parathink.strategies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import parathink.datasets.NearestName;

/**
 * The settings of a strategy as typed, read by name and type; used once, by one thread. What is not of the type asked for is refused
 * with an {@link IllegalArgumentException} that names it.
 */
public final class Settings {
    private final String strategy;
    private final Map<String, String> typed;

    /**
     * Takes settings for a strategy that knows {@code known}.
     *
     * @throws IllegalArgumentException for a name that it does not know
     */
    Settings(String strategy, Map<String, String> typed, List<Setting> known) {
        this.strategy = strategy;
        this.typed = new TreeMap<>(typed);
        this.typed.replaceAll((name, value) -> value.strip());
        var names = new TreeSet<String>();
        known.forEach(setting -> names.add(setting.name()));
        for (var name : this.typed.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("strategy '%s' has no setting '%s'; %s"
                        .formatted(
                                strategy,
                                name,
                                names.isEmpty() ? "it has none" : NearestName.hint(name, new ArrayList<>(names))));
            }
        }
        known.forEach(setting -> this.typed.putIfAbsent(setting.name(), setting.defaultValue()));
    }

    /** Every setting with its value, defaults included. */
    Map<String, String> all() {
        return new TreeMap<>(typed);
    }

    /** A whole number. */
    public int whole(String name) {
        try {
            return Integer.parseInt(typed.get(name));
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number", e);
        }
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        return oneOf(name, new Boolean[] {true, false}, Object::toString);
    }

    /** Whole numbers separated by commas, or by slashes where a comma separates whole settings. */
    public List<Integer> wholes(String name) {
        try {
            return Arrays.stream(typed.get(name).split("[,/]", -1))
                    .map(number -> Integer.parseInt(number.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw wrong(name, "whole numbers separated by commas, such as 16,4", e);
        }
    }

    /** Which of two words was typed: true for the first. */
    public boolean isFirst(String name, String first, String second) {
        return oneOf(name, new String[] {first, second}, word -> word).equals(first);
    }

    /** A number, or nothing where it is left to {@code word}. */
    OptionalDouble numberUnless(String word, String name) {
        return typed.get(name).equals(word) ? OptionalDouble.empty() : OptionalDouble.of(number(name));
    }

    /** A number. */
    public double number(String name) {
        try {
            return Double.parseDouble(typed.get(name));
        } catch (NumberFormatException e) {
            throw wrong(name, "a number", e);
        }
    }

    /** Any text, without the blanks around it. */
    public String text(String name) {
        return typed.get(name);
    }

    /** A verifier by its word. */
    public Verifier verifier(String name) {
        return oneOf(name, Verifier.values(), Verifier::word);
    }

    /** One of several choices, by its word. */
    public <T> T oneOf(String name, T[] choices, Function<T, String> word) {
        var given = typed.get(name);
        return Arrays.stream(choices)
                .filter(choice -> word.apply(choice).equals(given))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name, Arrays.stream(choices).map(word).collect(Collectors.joining(", ", "one of ", "")), null));
    }

    private IllegalArgumentException wrong(String name, String right, Throwable cause) {
        return new IllegalArgumentException(
                "setting '%s' of strategy '%s' must be %s, got '%s'".formatted(name, strategy, right, typed.get(name)),
                cause);
    }
}
