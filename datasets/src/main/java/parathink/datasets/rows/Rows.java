package parathink.datasets.rows;

import java.util.Optional;
import parathink.datasets.DatasetException;

/** The rows of one file, in their order, read as they are asked for. Whoever opens them closes them; one thread. */
public interface Rows extends AutoCloseable {
    /**
     * The next row, or nothing after the last.
     *
     * @throws DatasetException when the file cannot be read on; the message has the place
     */
    Optional<Row> next();

    @Override
    void close();
}
