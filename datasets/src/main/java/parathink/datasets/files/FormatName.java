package parathink.datasets.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import parathink.datasets.NearestName;

/** The answer formats that a file can ask for. */
public enum FormatName {
    MATH,
    INTEGER,
    CHOICE,
    TEXT,
    COUNTDOWN;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such format */
    static FormatName named(String label) {
        return Arrays.stream(values())
                .filter(name -> name.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown answer format '%s'; %s".formatted(label, NearestName.hint(label, labels()))));
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(FormatName::label).toList();
    }
}
