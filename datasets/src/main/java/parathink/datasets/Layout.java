package parathink.datasets;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the published copies of a dataset do not say themselves.
 *
 * @param format the answer format of all rows, where known
 * @param year rows whose {@code url} names the contest of another year are left out: some copies hold several years
 * @param files which files of a downloaded folder hold this dataset, where the folder holds others too
 */
record Layout(Optional<FormatName> format, OptionalInt year, Optional<Pattern> files) {
    /** Nothing is known beforehand. */
    static final Layout OPEN = new Layout(Optional.empty(), OptionalInt.empty(), Optional.empty());

    static Layout of(FormatName format) {
        return new Layout(Optional.of(format), OptionalInt.empty(), Optional.empty());
    }

    Layout ofYear(int year) {
        return new Layout(format, OptionalInt.of(year), files);
    }

    /** With a regular expression that is looked for in the path of a file, in lower case. */
    Layout inFiles(String expression) {
        return new Layout(format, year, Optional.of(Pattern.compile(expression)));
    }
}
