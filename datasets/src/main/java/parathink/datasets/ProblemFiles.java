package parathink.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import parathink.datasets.rows.Row;
import parathink.datasets.rows.RowFile;

/** Files that together hold one dataset, in any layout. Every load is one pass that keeps the problems asked for only. */
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

    /** What a pass gave. */
    record Loaded(List<Problem> problems, Census census) {}

    /** The problems after the first {@code skip}, at most {@code limit}; the census is of all. */
    Loaded load(int skip, int limit) {
        var census = new Census(name);
        var kept = new ArrayList<Draft>();
        forEach(draft -> {
            census.add(draft);
            if (draft.row() > skip && kept.size() < limit) {
                kept.add(draft);
            }
        });
        check(census, skip);
        return new Loaded(kept.stream().map(draft -> draft.named(census.idOf(draft))).toList(), census);
    }

    /** Reads every row that belongs to the dataset, in order. */
    void forEach(Consumer<Draft> action) {
        int number = 0;
        for (var file : files) {
            try (var rows = RowFile.open(file)) {
                for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                    if (reader.wants(row.get())) {
                        action.accept(reader.read(row.get(), ++number));
                    }
                }
            }
        }
    }

    private void check(Census census, int skip) {
        if (census.rows() == 0) {
            throw DatasetException.unreadable(source() + ": there is no problem in it");
        }
        if (skip >= census.rows()) {
            throw new IllegalArgumentException(
                    "skip=%d leaves no problem of the %d in %s".formatted(skip, census.rows(), source()));
        }
        if (!census.anyAnswerColumn()) {
            throw DatasetException.unreadable("%s: no column holds the answers; name it with 'answer=COLUMN' (the columns are %s)"
                    .formatted(source(), firstRow().map(ColumnMap::columns).orElse("none")));
        }
        if (census.rightOptionNeverVaries()) {
            throw DatasetException.unreadable(
                    ("%s: the right option has the same letter in all %d problems, so its place would give it away;"
                                    + " set options=shuffled")
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
