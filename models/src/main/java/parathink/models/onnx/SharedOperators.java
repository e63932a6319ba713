package parathink.models.onnx;

/**
 * A decoder's graph in a session in which all threads share every operator: for passes over few rows and for prompts that
 * come alone. Closed by its decoder; not thread-safe.
 */
record SharedOperators(OnnxSession session, SlabBindings bindings, SlabPrefill prefill) implements AutoCloseable {
    static SharedOperators of(
            DecoderConfig config,
            OnnxSession session,
            KvSlab slab,
            ThoughtTokens thoughts,
            int chunk,
            SlabPrefill.Runner runner) {
        var bindings = new SlabBindings(config, session, slab);
        return new SharedOperators(session, bindings, new SlabPrefill(config, bindings, thoughts, chunk, runner));
    }

    @Override
    public void close() {
        bindings.close();
        prefill.close();
        session.close();
    }
}
