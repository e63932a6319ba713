package parathink.models.onnx;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;

/**
 * Bindings of rows of a slab. Those of decoding passes are kept for the next pass over the same rows, so that a steady
 * batch is bound once. Closed by its decoder, before the session; not thread-safe but for {@link #prefill}.
 */
final class SlabBindings implements AutoCloseable {
    /** In place of a batch row: the logits of a run go where they are put in order afterwards. */
    static final int UNORDERED = -1;

    private static final int KEPT = 16;

    private final DecoderConfig config;
    private final OnnxSession session;
    private final KvSlab slab;
    private final LinkedHashMap<Stretch, Binding> kept = new LinkedHashMap<>(KEPT, 0.75f, true); // oldest use first

    /** Neighbouring rows whose logits go to the batch rows from {@code target} on. */
    private record Stretch(int first, int count, int target, boolean prefixed) {}

    SlabBindings(DecoderConfig config, OnnxSession session, KvSlab slab) {
        this.config = config;
        this.session = session;
        this.slab = slab;
    }

    /** Binds one row and some new tokens. The caller closes it; any thread may call. */
    Binding prefill(PassMemory memory, int row, int tokens, MemorySegment logits) {
        var binding = session.bind();
        bind(binding, memory, 0, 1, tokens, logits);
        for (int block = 0; block < slab.blocks(); block++) {
            bindCache(binding, block, slab.rows(block, row, 1), 1, slab.capacity());
        }
        return binding;
    }

    /** Binds some new tokens of a row with a prefix, whose keys and values {@link PrefixAttention} puts into the slab. */
    Binding prefillPrefixed(PassMemory memory, int tokens, MemorySegment logits) {
        var binding = session.bind();
        bind(binding, memory, 0, 1, tokens, logits);
        for (int block = 0; block < slab.blocks(); block++) {
            bindCache(binding, block, memory.unused(block % 2, 0, 1), 1, memory.unusedCapacity());
        }
        return binding;
    }

    /** Binds neighbouring rows with one new token each; kept until {@link #trim} or {@link #forget}. */
    Binding decode(PassMemory pass, int first, int count, int target, boolean prefixed) {
        var rows = new Stretch(first, count, target, prefixed);
        var binding = kept.get(rows);
        if (binding == null) {
            binding = session.bind();
            kept.put(rows, binding);
            var logits = target == UNORDERED ? pass.unordered(first, count) : pass.logits(target, count);
            bind(binding, pass, first, count, 1, logits);
            for (int block = 0; block < slab.blocks(); block++) {
                var data = prefixed ? pass.unused(block % 2, first, count) : slab.rows(block, first, count);
                bindCache(binding, block, data, count, prefixed ? pass.unusedCapacity() : slab.capacity());
            }
        }
        return binding;
    }

    /** Lets go of those not used for longest, once no pass uses them. */
    void trim() {
        for (var oldest = kept.values().iterator(); kept.size() > KEPT; ) {
            oldest.next().close();
            oldest.remove();
        }
    }

    /** Lets go of every binding, because the memory has moved. */
    void forget() {
        kept.values().forEach(Binding::close);
        kept.clear();
    }

    /** Ties everything but the caches of a run over {@code count} rows, whose inputs lie from {@code at} on. */
    private void bind(Binding binding, PassMemory pass, int at, int count, int tokens, MemorySegment logits) {
        binding.input(DecoderGraph.IDS, pass.ids(at), ElementType.INT64, count, tokens)
                .input(GroupQueryAttention.POSITIONS, pass.positions(at), ElementType.INT64, count, tokens)
                .input(GroupQueryAttention.LAST, pass.last(at), ElementType.INT32, count)
                .input(GroupQueryAttention.LONGEST, pass.longest(at), ElementType.INT32, 1)
                .input(DecoderGraph.LAST_TOKEN, pass.lastToken, ElementType.INT64)
                .output(DecoderGraph.LOGITS, logits, ElementType.FLOAT, count, config.vocabulary());
        if (config.segments() > 0) {
            binding.input(DecoderGraph.SEGMENTS, pass.segments(at), ElementType.INT64, count, tokens);
        }
    }

    /** Ties a block, whose keys or values are written in place. */
    private void bindCache(Binding binding, int block, MemorySegment data, int count, int capacity) {
        int layer = block / 2;
        boolean keys = block % 2 == 0;
        long[] shape = {count, config.kvHeads(), capacity, config.headSize()};
        binding.input(
                        keys ? GroupQueryAttention.key(layer) : GroupQueryAttention.value(layer),
                        data,
                        ElementType.FLOAT,
                        shape)
                .output(
                        keys ? GroupQueryAttention.newKey(layer) : GroupQueryAttention.newValue(layer),
                        data,
                        ElementType.FLOAT,
                        shape);
    }

    @Override
    public void close() {
        forget();
    }
}
