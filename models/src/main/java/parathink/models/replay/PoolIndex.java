package parathink.models.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parathink.models.ModelException;

/**
 * Where the completions of each problem stand in a file, and that all its lines fit together. Filled line by line by one
 * thread; afterwards read from any. A completion costs some 30 bytes here, whatever its length.
 */
final class PoolIndex {
    /** Two draws may well be equal when they are short; a long text twice is a line copied. */
    private static final int LONG_TEXT = 100;

    /** Two halves of fewer different lines may be equal by chance. */
    private static final int FEWEST_DIFFERENT = 4;

    /** Lines that adjoin are read at once, up to so many bytes. */
    private static final int LARGEST_READ = 1 << 22;

    private final Path file;
    private final MessageDigest digest = LineFile.sha256();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private int[] lines = new int[1024];
    private long[] contents = new long[1024]; // of lines that nothing tells from another; 0 for others
    private long[] identities = new long[1024]; // 0 for a line that nothing tells from another
    private boolean fewRepeated;
    private int size;
    private long estimated;
    private long cutOff;
    private long otherRoles;

    private static final class Entry {
        private PoolRow.ProblemFields fields;
        private final int line;
        private int[] rows = new int[8];
        private int size;

        Entry(PoolRow.ProblemFields fields, int line) {
            this.fields = fields;
            this.line = line;
        }

        void add(int row) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
            }
            rows[size++] = row;
        }

        PoolProblem problem() {
            return new PoolProblem(
                    fields.id(),
                    fields.question(),
                    fields.reference(),
                    fields.format(),
                    fields.numbers(),
                    fields.target(),
                    fields.choices(),
                    size,
                    line);
        }
    }

    PoolIndex(Path file) {
        this.file = file;
    }

    /** Takes one line, as {@link LineFile.Reader}. */
    void add(byte[] bytes, int start, int length, long offset, int line) {
        var row = RowReader.read(bytes, start, length);
        if (!row.isBranch()) {
            otherRoles++;
            return;
        }
        if (!row.isWhole()) {
            cutOff++;
            return;
        }
        var entry = entries.computeIfAbsent(row.problem().id(), id -> new Entry(row.problem(), line));
        if (!row.problem().equals(entry.fields)) {
            entry.fields = entry.fields.with(row.problem(), entry.line);
        }
        if (row.tokens().isEmpty()) {
            estimated++;
        }
        if (size == offsets.length) {
            grow();
        }
        offsets[size] = offset;
        lengths[size] = length;
        lines[size] = line;
        identities[size] = identity(row, bytes, start, length);
        contents[size] = identities[size] == 0 ? content(bytes, start, length) : 0;
        entry.add(size++);
    }

    private void grow() {
        int larger = Math.multiplyExact(2, size);
        offsets = Arrays.copyOf(offsets, larger);
        lengths = Arrays.copyOf(lengths, larger);
        lines = Arrays.copyOf(lines, larger);
        identities = Arrays.copyOf(identities, larger);
        contents = Arrays.copyOf(contents, larger);
    }

    private long identity(PoolRow row, byte[] bytes, int start, int length) {
        if (row.place().isPresent()) {
            digest.update(row.problem().id().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(row.place().get().getBytes(StandardCharsets.UTF_8));
        } else if (row.text().map(String::length).orElse(0) >= LONG_TEXT) {
            digest.update(bytes, start, length);
        } else {
            return 0;
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private long content(byte[] bytes, int start, int length) {
        digest.update(bytes, start, length);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Short draws may well be equal, but not all of them in the same order: that is a file put behind itself. */
    private void refuseRepeatedHalf() {
        int half = size / 2;
        boolean repeated = size % 2 == 0
                && Arrays.equals(contents, 0, half, contents, half, size)
                && Arrays.stream(contents, 0, half).allMatch(content -> content != 0);
        fewRepeated = repeated && Arrays.stream(contents, 0, half).distinct().count() < FEWEST_DIFFERENT;
        if (repeated && !fewRepeated) {
            throw unusable(
                    ("%s: line %d: from here on the lines repeat those from line %d on; remove one half, or number"
                                    + " the completions of each problem in a field \"draw\" if they were drawn twice")
                            .formatted(file, lines[half], lines[0]));
        }
    }

    /** Refuses an empty pool and lines that stand there twice. */
    void finish(LineFile source) {
        if (size == 0) {
            throw unusable("%s: there is no completion in it that could be drawn%s"
                    .formatted(file, cutOff + otherRoles == 0 ? "" : "; all were cut off or are no branches"));
        }
        var sorted = Arrays.copyOf(identities, size);
        Arrays.sort(sorted);
        for (int i = 1; i < size; i++) {
            if (sorted[i] != 0 && sorted[i] == sorted[i - 1]) {
                refuseTwice(source, sorted[i]);
            }
        }
        refuseRepeatedHalf();
        identities = new long[0];
        contents = new long[0];
    }

    private void refuseTwice(LineFile source, long identity) {
        int first = -1;
        for (int row = 0; row < size; row++) {
            if (identities[row] == identity && first < 0) {
                first = row;
            } else if (identities[row] == identity) {
                var again = RowReader.read(source.bytes(offsets[row], lengths[row]), 0, lengths[row]);
                throw unusable("%s: line %d: %s of problem '%s' stands in line %d too; remove one of the lines"
                        .formatted(
                                file,
                                lines[row],
                                again.place().orElse("the same completion"),
                                again.problem().id(),
                                lines[first]));
            }
        }
    }

    private static ModelException unusable(String message) {
        return new ModelException(ModelException.Kind.UNUSABLE, message);
    }

    List<PoolProblem> problems() {
        return entries.values().stream().map(Entry::problem).toList();
    }

    /** The rows of a problem, in the order of the file. */
    int[] rows(String problem) {
        var entry = entries.get(problem);
        return Arrays.copyOf(entry.rows, entry.size);
    }

    long offset(int row) {
        return offsets[row];
    }

    int length(int row) {
        return lengths[row];
    }

    int line(int row) {
        return lines[row];
    }

    /** Whether a row follows another one at once, and is near enough to a third one to be read together with it. */
    boolean adjoin(int first, int row, int next) {
        return lines[next] == lines[row] + 1 && offsets[next] + lengths[next] - offsets[first] <= LARGEST_READ;
    }

    int size() {
        return size;
    }

    /** Whether the second half of the lines repeats the first, which so few different short lines may well do by chance. */
    boolean isFewRepeated() {
        return fewRepeated;
    }

    long estimated() {
        return estimated;
    }

    long cutOff() {
        return cutOff;
    }

    long otherRoles() {
        return otherRoles;
    }
}
