package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Keys and values of tokens that several rows begin with, held once for all of them: of each layer the keys turned over,
 * (key heads, head size, tokens), so that the scores of many queries are one matrix product, and the values (key heads,
 * tokens, head size). It may follow another such prefix. Freed when the last row or prefix that goes on from it lets go;
 * used by the thread that runs the model, and read by the lanes of a pass.
 */
final class SharedPrefix {
    private final DecoderConfig config;
    private final Optional<SharedPrefix> before;
    private final int tokens;
    private final NativeOwner owner = new NativeOwner();
    private final MemorySegment blocks;
    private int users;

    private SharedPrefix(
            DecoderConfig config,
            Optional<SharedPrefix> before,
            int tokens,
            BiFunction<Long, NativeOwner, MemorySegment> memory) {
        this.config = config;
        this.before = before;
        this.tokens = tokens;
        blocks = memory.apply(2L * config.layers() * blockBytes(), owner);
    }

    /**
     * Takes the first tokens of a row over.
     *
     * @param before what the row's tokens follow
     * @param memory gives memory of any content that its owner frees
     */
    static SharedPrefix of(
            DecoderConfig config,
            KvSlab slab,
            int row,
            int tokens,
            Optional<SharedPrefix> before,
            BiFunction<Long, NativeOwner, MemorySegment> memory) {
        var prefix = new SharedPrefix(config, before, tokens, memory);
        int size = config.headSize();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int head = 0; head < config.kvHeads(); head++) {
                var from = slab.head(2 * layer, row, head);
                var to = prefix.headOf(prefix.keys(layer), head);
                for (int t = 0; t < tokens; t++) {
                    for (int i = 0; i < size; i++) {
                        to.setAtIndex(
                                JAVA_FLOAT, (long) i * tokens + t, from.getAtIndex(JAVA_FLOAT, (long) t * size + i));
                    }
                }
                var values = prefix.headOf(prefix.values(layer), head);
                MemorySegment.copy(slab.head(2 * layer + 1, row, head), 0, values, 0, values.byteSize());
            }
        }
        before.ifPresent(SharedPrefix::retain);
        return prefix;
    }

    /** What it follows. */
    Optional<SharedPrefix> before() {
        return before;
    }

    int tokens() {
        return tokens;
    }

    /** Tokens before its first. */
    int start() {
        return before.map(SharedPrefix::end).orElse(0);
    }

    /** Tokens up to its end, with all that it follows. */
    int end() {
        return start() + tokens;
    }

    /** This prefix and all that it follows, the oldest first. */
    List<SharedPrefix> chain() {
        var chain = new ArrayList<>(before.map(SharedPrefix::chain).orElseGet(ArrayList::new));
        chain.add(this);
        return chain;
    }

    /** The keys of a layer, (key heads, head size, tokens). */
    MemorySegment keys(int layer) {
        return block(2 * layer);
    }

    /** The values of a layer, (key heads, tokens, head size). */
    MemorySegment values(int layer) {
        return block(2 * layer + 1);
    }

    private MemorySegment block(int block) {
        return blocks.asSlice(block * blockBytes(), blockBytes());
    }

    private MemorySegment headOf(MemorySegment block, int head) {
        long bytes = (long) config.headSize() * tokens * Float.BYTES;
        return block.asSlice(head * bytes, bytes);
    }

    private long blockBytes() {
        return (long) config.kvHeads() * config.headSize() * tokens * Float.BYTES;
    }

    /** Copies tokens of this prefix alone into a row, as the row's own. */
    void copy(int from, KvSlab slab, int row, int at, int count) {
        int size = config.headSize();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int head = 0; head < config.kvHeads(); head++) {
                var keys = headOf(keys(layer), head);
                var to = slab.head(2 * layer, row, head);
                for (int t = 0; t < count; t++) {
                    for (int i = 0; i < size; i++) {
                        float key = keys.getAtIndex(JAVA_FLOAT, (long) i * tokens + from + t);
                        to.setAtIndex(JAVA_FLOAT, (long) (at + t) * size + i, key);
                    }
                }
                long token = (long) size * Float.BYTES;
                MemorySegment.copy(
                        headOf(values(layer), head),
                        from * token,
                        slab.head(2 * layer + 1, row, head),
                        at * token,
                        count * token);
            }
        }
    }

    void retain() {
        users++;
    }

    /** Frees it when nobody else uses it. */
    void release() {
        if (--users == 0) {
            owner.close();
            before.ifPresent(SharedPrefix::release);
        }
    }
}
