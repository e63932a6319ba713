package parathink.datasets.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import parathink.datasets.DatasetException;
import parathink.datasets.Problem;
import parathink.datasets.rows.Row;
import parathink.datasets.rows.RowFile;

/**
 * Files that together hold one dataset, in any layout. A load is one pass over every row, since duplicates, ids and the
 * fingerprint need all of them, and keeps only the problems that were asked for.
 */
final class ProblemFiles {
    private final String name;
    private final List<Path> files;
    private final ProblemReader reader;

    /**
     * @param name names problems that have no id of their own
     * @param files read in this order
     */
    ProblemFiles(String name, List<Path> files, ProblemReader reader) {
        this.name = name;
        this.files = List.copyOf(files);
        this.reader = reader;
    }

    /** The problems after the first {@code skip}, at most {@code limit} of them, and what is known of all. */
    Loaded load(int skip, int limit) {
        var census = new Census(name);
        var kept = new ArrayList<Draft>();
        int leftOut = forEach(draft -> {
            census.add(draft);
            if (draft.row() > skip && kept.size() < limit) {
                kept.add(draft);
            }
        });
        check(census, skip, leftOut);
        if (reader.ordersOptions() && !census.anyOptions()) {
            throw new IllegalArgumentException(
                    "the setting options has no meaning for %s: no question in it has options".formatted(source()));
        }
        var problems =
                kept.stream().map(draft -> draft.named(census.idOf(draft))).toList();
        return new Loaded(problems, census, census.fingerprint(), leftOut);
    }

    /** What a pass gave. */
    record Loaded(List<Problem> problems, Census census, String fingerprint, int leftOut) {
        int rows() {
            return census.rows();
        }

        int duplicates() {
            return census.duplicates();
        }

        int conflicts() {
            return census.conflicts();
        }

        String idOf(Draft draft) {
            return census.idOf(draft);
        }

        List<String> remarks() {
            return census.remarks();
        }
    }

    /** Reads every row that belongs to the dataset, in order; gives the number of rows that do not. */
    int forEach(Consumer<Draft> action) {
        int number = 0;
        int leftOut = 0;
        for (var file : files) {
            try (var rows = RowFile.open(file)) {
                for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                    if (reader.wants(row.get())) {
                        action.accept(reader.read(row.get(), ++number));
                    } else {
                        leftOut++;
                    }
                }
            }
        }
        return leftOut;
    }

    private void check(Census census, int skip, int leftOut) {
        if (census.rows() == 0) {
            throw DatasetException.unreadable("%s: there is no problem in it%s"
                    .formatted(source(), leftOut > 0 ? ", only %d of other years".formatted(leftOut) : ""));
        }
        if (skip >= census.rows()) {
            throw new IllegalArgumentException(
                    "skip=%d leaves none of the %d problems in %s".formatted(skip, census.rows(), source()));
        }
        if (!census.anyAnswerColumn()) {
            throw DatasetException.unreadable(
                    "%s: no column holds the answers; name it with --map answer=COLUMN (the columns are %s)"
                            .formatted(
                                    source(), firstRow().map(ColumnMap::columns).orElse("none")));
        }
        if (census.rightOptionNeverVaries()) {
            throw DatasetException.unreadable(
                    "%s: the right option has the same letter in all %d problems, which gives it away; set -D options=shuffled"
                            .formatted(source(), census.rows()));
        }
    }

    private Optional<Row> firstRow() {
        try (var rows = RowFile.open(files.getFirst())) {
            return rows.next();
        }
    }

    private String source() {
        return files.size() == 1 ? files.getFirst().toString() : name;
    }
}
