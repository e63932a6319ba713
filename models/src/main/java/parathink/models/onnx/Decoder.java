package parathink.models.onnx;

import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * The numeric side of a model: caches of one layout, and the passes that fill them. Not thread-safe; closed by its
 * model.
 */
interface Decoder extends AutoCloseable {
    boolean joinsCaches();

    KvCache newCache();

    /** See {@link parathink.models.LanguageModel#forward}. */
    void forward(Batch batch);

    @Override
    void close();
}
