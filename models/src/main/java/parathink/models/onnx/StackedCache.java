package parathink.models.onnx;

import java.util.List;
import parathink.models.KvCache;

/**
 * The first tokens of one row of a stack; a fork looks at the same row until one of the two goes on. Closed by its
 * sequence; used by the thread that runs the model.
 */
final class StackedCache implements KvCache {
    private final StackedDecoder decoder;
    private final Positions positions;
    private KvStack stack;
    private int row;
    private boolean open = true;

    StackedCache(StackedDecoder decoder, Positions positions, KvStack stack, int row) {
        this.decoder = decoder;
        this.positions = positions;
        this.stack = stack;
        this.row = row;
        stack.retain();
    }

    boolean belongsTo(StackedDecoder other) {
        return decoder == other;
    }

    Positions positions() {
        return positions;
    }

    KvStack stack() {
        return stack;
    }

    int row() {
        return row;
    }

    /** Looks at a row of another stack from now on, which holds the same tokens. */
    void moveTo(KvStack newStack, int newRow) {
        newStack.retain();
        stack.release();
        stack = newStack;
        row = newRow;
    }

    @Override
    public int length() {
        return positions.length();
    }

    @Override
    public int position() {
        return positions.next();
    }

    @Override
    public KvCache fork() {
        requireOpen();
        var copy = new Positions();
        copy.appendFrom(positions, 0);
        return new StackedCache(decoder, copy, stack, row);
    }

    @Override
    public void truncate(int length) {
        requireOpen();
        if (length < 0 || length > length()) {
            throw new IllegalArgumentException("cannot keep %d of %d tokens".formatted(length, length()));
        }
        positions.truncate(length);
    }

    @Override
    public KvCache join(List<KvCache> branches) {
        return decoder.join(this, branches);
    }

    void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the cache is closed");
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            stack.release();
        }
    }
}
