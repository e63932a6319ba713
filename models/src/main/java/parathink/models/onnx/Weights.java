package parathink.models.onnx;

/** The tensors of a model by their Hugging Face names. May be read by several threads at once. */
interface Weights {
    /**
     * The values of a tensor in row-major order.
     *
     * @throws parathink.models.ModelException when there is none of this name and shape
     */
    float[] tensor(String name, int... shape);
}
