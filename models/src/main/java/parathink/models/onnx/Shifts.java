package parathink.models.onnx;

/**
 * What a layer adds to its packed queries, keys and values whatever the text: biases, and for each thought its
 * embedding, the same for every key head. Queries have no thought embedding.
 *
 * @param prefix of the names of the layer's attention
 */
record Shifts(DecoderConfig config, Weights weights, String prefix) {
    /** The name of a layer's table of thought embeddings, (segments, head size), below the layer's attention. */
    static final String TABLE = "seg_embeddings.weight";

    Shifts {
        int queries = config.heads() * config.headSize();
        int keys = config.kvHeads() * config.headSize();
        if (config.biased()) {
            weights.require(prefix + "q_proj.bias", queries);
            weights.require(prefix + "k_proj.bias", keys);
            weights.require(prefix + "v_proj.bias", keys);
        }
        if (config.segments() > 0) {
            weights.require(prefix + TABLE, config.segments(), config.headSize());
        }
    }

    /** The biases, (heads + 2 key heads) x head size; zeros for a model without. */
    float[] biases() {
        int queries = config.heads() * config.headSize();
        int keys = config.kvHeads() * config.headSize();
        var packed = new float[queries + 2 * keys];
        if (config.biased()) {
            System.arraycopy(weights.tensor(prefix + "q_proj.bias", queries), 0, packed, 0, queries);
            System.arraycopy(weights.tensor(prefix + "k_proj.bias", keys), 0, packed, queries, keys);
            System.arraycopy(weights.tensor(prefix + "v_proj.bias", keys), 0, packed, queries + keys, keys);
        }
        return packed;
    }

    /** Biases and thought embeddings together: (segments, (heads + 2 key heads) x head size). */
    float[] together() {
        var biases = biases();
        int size = config.headSize();
        var table = weights.tensor(prefix + TABLE, config.segments(), size);
        var shifts = new float[config.segments() * biases.length];
        for (int segment = 0; segment < config.segments(); segment++) {
            int row = segment * biases.length;
            System.arraycopy(biases, 0, shifts, row, biases.length);
            for (int i = config.heads() * size; i < biases.length; i++) {
                shifts[row + i] += table[segment * size + i % size];
            }
        }
        return shifts;
    }
}
