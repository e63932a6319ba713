package parathink.models.onnx;

import java.util.List;
import java.util.Optional;
import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * One sequence's row of a slab, with the tokens of its own, behind a prefix that it may share with others. Closed by its sequence;
 * used by the thread that runs the model.
 */
final class SlabCache implements KvCache {
    private static final int IDLE = -1;

    private final SlabDecoder decoder;
    private final Positions positions = new Positions();
    private final Segments segments = new Segments();
    private Optional<SharedPrefix> prefix = Optional.empty();
    private int row;
    private int batchRow = IDLE; // where the pass under way wants this row's logits
    private boolean open = true;

    SlabCache(SlabDecoder decoder) {
        this.decoder = decoder;
    }

    int row() {
        return row;
    }

    void row(int newRow) {
        row = newRow;
    }

    /** Whether the pass under way decodes a token for this row. */
    boolean isActive() {
        return batchRow != IDLE;
    }

    int batchRow() {
        return batchRow;
    }

    void activate(int newBatchRow) {
        batchRow = newBatchRow;
    }

    void rest() {
        batchRow = IDLE;
    }

    Optional<SharedPrefix> prefix() {
        return prefix;
    }

    /** Goes on from another prefix than before. */
    void prefix(Optional<SharedPrefix> other) {
        other.ifPresent(SharedPrefix::retain);
        prefix.ifPresent(SharedPrefix::release);
        prefix = other;
    }

    /** Tokens in the row itself. */
    int ownLength() {
        return length() - prefixLength();
    }

    int prefixLength() {
        return prefix.map(SharedPrefix::end).orElse(0);
    }

    Positions positions() {
        return positions;
    }

    Segments segments() {
        return segments;
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
    public void share() {
        requireOpen();
        decoder.branches().share(this);
    }

    @Override
    public KvCache fork() {
        requireOpen();
        return decoder.branches().fork(this);
    }

    @Override
    public void truncate(int length) {
        requireOpen();
        if (length < 0 || length > length()) {
            throw new IllegalArgumentException("cannot keep %d of %d tokens".formatted(length, length()));
        }
        decoder.branches().takeBack(this, length);
        positions.truncate(length);
        segments.truncate(length);
    }

    @Override
    public KvCache join(List<KvCache> branches) {
        return decoder.branches().join(this, branches);
    }

    boolean belongsTo(SlabDecoder other) {
        return decoder == other;
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
            prefix(Optional.empty());
            decoder.release(this);
        }
    }

    /** Whether each row of a batch has an open cache of this decoder, of its own, with room in the context. */
    static void check(Batch batch, SlabDecoder decoder, int context) {
        int checked = 0;
        try {
            for (; checked < batch.rows(); checked++) {
                if (!(batch.cache(checked) instanceof SlabCache cache) || !cache.belongsTo(decoder)) {
                    throw new IllegalArgumentException("row %d has a cache of another model".formatted(checked));
                }
                cache.requireOpen();
                if (cache.isActive()) {
                    throw new IllegalArgumentException("row %d has the cache of an earlier row".formatted(checked));
                }
                int length = cache.length() + batch.count(checked);
                if (length > context) {
                    throw new IllegalArgumentException("row %d would have %d tokens, the model's context is %d"
                            .formatted(checked, length, context));
                }
                cache.activate(checked);
            }
        } finally {
            rest(batch, checked);
        }
    }

    /** Ends the part of the first rows' caches in a pass. */
    static void rest(Batch batch, int rows) {
        for (int i = 0; i < rows; i++) {
            ((SlabCache) batch.cache(i)).rest();
        }
    }
}
