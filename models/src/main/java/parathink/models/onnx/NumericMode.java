package parathink.models.onnx;

import java.util.Locale;

/** The numeric path of a model: what its weights and the inputs of its matrix products are rounded to. */
public enum NumericMode {
    /** 32-bit floating point throughout; the reference of the other two. */
    EXACT,
    /** 8-bit weights and activations, a scale for every 32 of them. */
    FAITHFUL,
    /**
     * 8-bit weights with a scale for each output, 8-bit activations with a scale for each row: sums are exact in
     * integers, so no row sees its neighbours. 7-bit weights where the processor's 8-bit sums would saturate.
     */
    FAST;

    /** The word used on the command line and in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
