package parathink.datasets;

import java.util.List;
import java.util.OptionalInt;

/**
 * One line of the catalogue of datasets.
 *
 * @param name as typed after {@code --dataset}
 * @param description one line
 * @param source the hub id or paper it comes from
 * @param rows how many problems a whole copy has, where that is fixed
 * @param licence the terms, and whether they must be accepted first
 * @param format the answer format of its questions
 * @param generated whether it is made here; otherwise it has to be imported
 * @param settings what can be set
 * @param loader loads it
 */
public record DatasetEntry(
        String name,
        String description,
        String source,
        OptionalInt rows,
        String licence,
        String format,
        boolean generated,
        List<DatasetSetting> settings,
        DatasetLoader loader) {
    public DatasetEntry {
        settings = List.copyOf(settings);
    }
}
