package parathink.datasets;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests what a mistyped name may have meant. */
public final class NearestName {
    private NearestName() {}

    /** The name that takes the fewest edits to reach, when that is at most a third of its letters (two at least). */
    public static Optional<String> to(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(name -> edits(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> edits(typed, name) <= Math.max(2, name.length() / 3));
    }

    /** The end of a message about an unknown name: a suggestion, or all the names there are. */
    public static String hint(String typed, Collection<String> names) {
        return to(typed, names)
                .map(name -> "did you mean '%s'?".formatted(name))
                .orElseGet(() -> "there are " + String.join(", ", names));
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that turn one name into the other. */
    private static int edits(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
