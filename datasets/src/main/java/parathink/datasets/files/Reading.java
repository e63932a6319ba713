package parathink.datasets.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.DatasetSetting;
import parathink.datasets.NearestName;

/**
 * How the user wants a file read.
 *
 * @param columns which column plays which role
 * @param format the answer format of all rows, when it is not to be found out
 * @param shuffled whether options are shown in an order of each repeat's own, when it is not to be found out
 * @param skip how many problems to leave out from the first
 */
record Reading(ColumnMap columns, Optional<FormatName> format, Optional<Boolean> shuffled, int skip) {
    static final DatasetSetting SKIP =
            new DatasetSetting("skip", "0", "how many problems to leave out, from the first");
    static final DatasetSetting OPTIONS = new DatasetSetting(
            "options",
            "shuffled",
            "shuffled: another order of the options for every seed and repeat; as-given: the order of the file");

    /** For imported data: its columns are ours. */
    static Reading ofImported(Map<String, String> settings, List<DatasetSetting> known) {
        refuseUnknown(settings, known.stream().map(DatasetSetting::name).toList());
        return new Reading(ColumnMap.of(Map.of()), Optional.empty(), shuffled(settings), skip(settings));
    }

    /** For any file: besides the settings, a column may be named for every role. */
    static Reading ofFile(Map<String, String> settings) {
        var known = new ArrayList<>(Role.labels());
        known.addAll(List.of(SKIP.name(), OPTIONS.name()));
        refuseUnknown(settings, known);
        return new Reading(columns(settings), format(settings), shuffled(settings), skip(settings));
    }

    /** For a file to import: everything that is no column is decided when the dataset is loaded. */
    static Reading ofImport(Map<String, String> columns) {
        return new Reading(columns(columns), format(columns), Optional.empty(), 0);
    }

    private static ColumnMap columns(Map<String, String> settings) {
        var columns = new HashMap<>(settings);
        columns.keySet().removeAll(List.of(SKIP.name(), OPTIONS.name(), Role.FORMAT.label()));
        return ColumnMap.of(columns);
    }

    private static void refuseUnknown(Map<String, String> settings, List<String> known) {
        for (var name : settings.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown dataset setting '%s'; %s".formatted(name, NearestName.hint(name, known)));
            }
        }
    }

    private static Optional<FormatName> format(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(Role.FORMAT.label())).map(FormatName::named);
    }

    private static Optional<Boolean> shuffled(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(OPTIONS.name())).map(value -> switch (value) {
            case "shuffled" -> true;
            case "as-given" -> false;
            default ->
                throw new IllegalArgumentException(
                        "the setting options is 'shuffled' or 'as-given', got '%s'".formatted(value));
        });
    }

    private static int skip(Map<String, String> settings) {
        var value = settings.getOrDefault(SKIP.name(), SKIP.defaultValue());
        try {
            int skip = Integer.parseInt(value);
            if (skip >= 0) {
                return skip;
            }
        } catch (NumberFormatException _) {
            // answered below, with the value
        }
        throw new IllegalArgumentException("the setting skip is a whole number from 0, got '%s'".formatted(value));
    }
}
