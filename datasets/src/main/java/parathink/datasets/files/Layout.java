package parathink.datasets.files;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the published copies of a dataset do not say themselves.
 *
 * @param format the answer format of all rows, where known
 * @param rows how many a whole copy has, where that is fixed
 * @param year rows whose {@code url} names the contest of another year are left out: some copies hold several years
 * @param files which files of a downloaded folder hold this dataset, by their names in small letters, where the folder
 *     holds others too
 */
public record Layout(Optional<FormatName> format, OptionalInt rows, OptionalInt year, Optional<Pattern> files) {
    /** Nothing is known beforehand. */
    public static final Layout OPEN =
            new Layout(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    public static Layout of(FormatName format) {
        return new Layout(Optional.of(format), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    public Layout withRows(int count) {
        return new Layout(format, OptionalInt.of(count), year, files);
    }

    public Layout ofYear(int contest) {
        return new Layout(format, rows, OptionalInt.of(contest), files);
    }

    /** With a regular expression that is looked for in the names of files and the folders they lie in. */
    public Layout inFiles(String expression) {
        return new Layout(format, rows, year, Optional.of(Pattern.compile(expression)));
    }
}
