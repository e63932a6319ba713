package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import parathink.models.Batch;

/**
 * Appends many tokens to one row of a slab, in runs of a chunk each. ONNX Runtime rounds a single query otherwise than
 * several at once, also one that is left over after its blocks of an even size, so a chunk of odd length gets one more
 * token behind its end. Every lane has its own; not thread-safe; closed by its decoder, before the session.
 */
final class SlabPrefill implements AutoCloseable {
    private final int chunk;
    private final PassMemory memory;
    private final SlabBindings bindings;
    private final ThoughtTokens thoughts;
    private final Runner runner;

    /** Runs the graph on what is bound. */
    interface Runner {
        void run(Binding binding, PrefixSums.Run run);
    }

    /** @param chunk tokens of one run, an even number */
    SlabPrefill(DecoderConfig config, SlabBindings bindings, ThoughtTokens thoughts, int chunk, Runner runner) {
        this.chunk = chunk;
        this.bindings = bindings;
        this.thoughts = thoughts;
        this.runner = runner;
        memory = new PassMemory(1, chunk, config);
    }

    /** Appends the tokens of a batch's row; the logits after the last of them go where {@code logits} is. */
    void run(Batch batch, int batchRow, SlabCache cache, MemorySegment logits) {
        for (int done = 0; done < batch.count(batchRow); ) {
            int tokens = Math.min(chunk, batch.count(batchRow) - done);
            int padded = tokens + tokens % 2;
            int position = cache.position();
            for (int t = 0; t < tokens; t++) {
                int token = batch.token(batchRow, done + t);
                int segment = thoughts.segment(cache.segments().last(), token);
                cache.segments().add(segment);
                memory.put(t, token, position + t, segment);
            }
            if (padded > tokens) {
                memory.put(tokens, 0, 0, 0);
            }
            boolean prefixed = cache.prefix().isPresent();
            int before = prefixed ? 0 : cache.ownLength(); // of a prefixed row, the graph's node sees new tokens alone
            memory.last.setAtIndex(JAVA_INT, 0, before + padded - 1);
            memory.longest.setAtIndex(JAVA_INT, 0, before + padded);
            memory.lastToken.set(JAVA_LONG, 0, tokens - 1);
            try (var binding = prefixed
                    ? bindings.prefillPrefixed(memory, padded, logits)
                    : bindings.prefill(memory, cache.row(), padded, logits)) {
                runner.run(binding, new PrefixSums.Run(cache.row(), 1, padded, prefixed));
            }
            cache.positions().append(tokens);
            done += tokens;
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
