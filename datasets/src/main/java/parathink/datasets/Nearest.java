package parathink.datasets;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which of the known names was meant by one that is not known. */
public final class Nearest {
    private Nearest() {}

    /** The known name that is fewest edits away, if few enough to be a slip: at most a third of what was typed. */
    public static Optional<String> to(String typed, Collection<String> names) {
        int slips = Math.max(1, (typed.length() + 1) / 3);
        return names.stream()
                .filter(name -> edits(typed, name) <= slips)
                .min(Comparator.comparingInt(name -> edits(typed, name)));
    }

    /** The end of a message about an unknown name: the nearest one, else all of them. */
    public static String hint(String typed, Collection<String> names) {
        return to(typed, names)
                .map(near -> "did you mean '%s'?".formatted(near))
                .orElseGet(() -> "one of " + String.join(", ", names) + " is needed");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (Damerau, 1964; no letter edited twice). */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
