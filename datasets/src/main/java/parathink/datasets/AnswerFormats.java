package parathink.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The catalogue of answer formats that need nothing but their name. */
public final class AnswerFormats {
    private static final List<AnswerFormat> FORMATS =
            List.of(new MathFormat(), new IntegerFormat(), new ChoiceFormat(List.of()), new TextFormat());

    private AnswerFormats() {}

    public static List<String> names() {
        return FORMATS.stream().map(AnswerFormat::name).toList();
    }

    /**
     * The format of this name.
     *
     * @throws IllegalArgumentException when there is none; the message suggests the nearest name
     */
    public static AnswerFormat named(String name) {
        return FORMATS.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no answer format '%s'; did you mean '%s'? (formats: %s)"
                                .formatted(name, nearest(name), String.join(", ", names()))));
    }

    private static String nearest(String name) {
        var typed = name.length() > 40 ? name.substring(0, 40) : name;
        return names().stream()
                .min(Comparator.comparingInt(known -> distance(typed.toLowerCase(java.util.Locale.ROOT), known)))
                .orElseThrow();
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        var row = new ArrayList<Integer>();
        for (int j = 0; j <= b.length(); j++) {
            row.add(j);
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row.getFirst();
            row.set(0, i);
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row.get(j);
                row.set(j, Math.min(change, 1 + Math.min(diagonal, row.get(j - 1))));
            }
        }
        return row.getLast();
    }
}
