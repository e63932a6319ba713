package parathink.models.onnx;

import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * A decoder whose passes are made whole or not at all where memory runs out on the way, so that they can be tried again with
 * fewer rows. Closes the decoder that it is made of; not thread-safe.
 */
final class WholePasses implements Decoder {
    private final Decoder decoder;
    private int[] lengths = new int[0]; // of the caches of the pass under way, before it

    WholePasses(Decoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public boolean joinsCaches() {
        return decoder.joinsCaches();
    }

    @Override
    public KvCache newCache() {
        return decoder.newCache();
    }

    @Override
    public void forward(Batch batch) {
        lengths = lengths.length < batch.rows() ? new int[2 * batch.rows()] : lengths;
        for (int row = 0; row < batch.rows(); row++) {
            lengths[row] = batch.cache(row).length();
        }
        try {
            decoder.forward(batch);
        } catch (OutOfMemoryError e) {
            for (int row = 0; row < batch.rows(); row++) {
                batch.cache(row).truncate(lengths[row]); // what was written beyond is written again
            }
            throw e;
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
