package parathink.models.onnx;

import java.nio.file.Path;

/**
 * A file of rounded or widened weights in the cache.
 *
 * @param model name of the model that it belongs to
 * @param mode numeric mode
 * @param bytes size of the file
 */
public record CachedWeights(Path file, String model, String mode, long bytes) {}
