package parathink.models.onnx;

import java.lang.foreign.MemorySegment;

/**
 * Bindings of rows of a slab. Those of decoding passes are kept for the next pass over the same rows, so that a steady
 * batch is bound once. Not thread-safe; closed by its decoder, before the session.
 */
final class SlabBindings implements AutoCloseable {
    /** In place of a batch row: the logits of a run go where they are put in order afterwards. */
    static final int UNORDERED = -1;

    private static final int KEPT = 8;

    private final LlamaConfig config;
    private final OnnxSession session;
    private final KvSlab slab;
    private final Binding prefill;
    private final Stretch[] kept = new Stretch[KEPT]; // null until first used
    private int next;

    /** Neighbouring rows whose logits go to the batch rows from {@code target} on. */
    private record Stretch(int first, int count, int target, Binding binding) {}

    SlabBindings(LlamaConfig config, OnnxSession session, KvSlab slab) {
        this.config = config;
        this.session = session;
        this.slab = slab;
        prefill = session.bind();
    }

    /** Binds one row and some new tokens; valid until the next call. */
    Binding prefill(PassMemory pass, int row, int tokens, int batchRow) {
        bind(prefill, pass, row, 1, tokens, pass.logits(batchRow, 1));
        return prefill;
    }

    /** Binds neighbouring rows with one new token each. */
    Binding decode(PassMemory pass, int first, int count, int target) {
        for (var stretch : kept) {
            if (stretch != null && stretch.first == first && stretch.count == count && stretch.target == target) {
                return stretch.binding;
            }
        }
        int place = next++ % KEPT;
        if (kept[place] != null) {
            kept[place].binding.close();
        }
        kept[place] = new Stretch(first, count, target, session.bind());
        var logits = target == UNORDERED ? pass.unordered : pass.logits(target, count);
        bind(kept[place].binding, pass, first, count, 1, logits);
        return kept[place].binding;
    }

    /** Lets go of every binding, because the memory has moved. */
    void forget() {
        for (int i = 0; i < KEPT; i++) {
            if (kept[i] != null) {
                kept[i].binding.close();
                kept[i] = null;
            }
        }
    }

    private void bind(Binding binding, PassMemory pass, int first, int count, int tokens, MemorySegment logits) {
        binding.input(DecoderGraph.IDS, pass.ids, ElementType.INT64, count, tokens)
                .input(GroupQueryAttention.POSITIONS, pass.positions, ElementType.INT64, count, tokens)
                .input(GroupQueryAttention.LAST, pass.last, ElementType.INT32, count)
                .input(GroupQueryAttention.LONGEST, pass.longest, ElementType.INT32, 1)
                .input(DecoderGraph.LAST_TOKEN, pass.lastToken, ElementType.INT64)
                .output(DecoderGraph.LOGITS, logits, ElementType.FLOAT, count, config.vocabulary());
        for (int layer = 0; layer < config.layers(); layer++) {
            bindCache(
                    binding,
                    2 * layer,
                    GroupQueryAttention.key(layer),
                    GroupQueryAttention.newKey(layer),
                    first,
                    count);
            bindCache(
                    binding,
                    2 * layer + 1,
                    GroupQueryAttention.value(layer),
                    GroupQueryAttention.newValue(layer),
                    first,
                    count);
        }
    }

    private void bindCache(Binding binding, int block, String input, String output, int first, int count) {
        var data = slab.rows(block, first, count);
        long[] shape = {count, config.kvHeads(), slab.capacity(), config.headSize()};
        binding.input(input, data, ElementType.FLOAT, shape).output(output, data, ElementType.FLOAT, shape);
    }

    @Override
    public void close() {
        forget();
        prefill.close();
    }
}
