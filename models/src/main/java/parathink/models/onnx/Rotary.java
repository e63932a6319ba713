package parathink.models.onnx;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Rotary positions: pair {@code i} of a head, its numbers {@code i} and {@code i + headSize / 2}, is turned by the position times
 * its frequency (Su et al., 2021, section 3.2).
 *
 * @param theta base of the frequencies, above 1
 */
record Rotary(double theta, RotaryScaling scaling) {
    private static final double USUAL_THETA = 10000;

    Rotary {
        Objects.requireNonNull(scaling, "scaling");
        if (!(theta > 1) || Double.isInfinite(theta)) {
            throw new IllegalArgumentException("rope_theta must be a number above 1, got " + theta);
        }
    }

    /** Reads the angles of a configuration; files written since 2025 keep them in an object of their own. */
    static Rotary read(ConfigFields fields, int positions) {
        boolean newer = fields.has("rope_parameters");
        var rope = fields.object(newer ? "rope_parameters" : "rope_scaling");
        double theta = fields.positive("rope_theta", USUAL_THETA);
        if (newer) {
            theta = rope.positive("rope_theta", theta);
        }
        double turned = rope.positive("partial_rotary_factor", fields.positive("partial_rotary_factor", 1));
        if (turned != 1) {
            throw fields.unusable("partial_rotary_factor must be 1, got " + turned);
        }
        return new Rotary(theta, RotaryScaling.read(rope, positions));
    }

    /** Radians from one position to the next. */
    double frequency(int pair, int headSize) {
        return scaling.scaled(Math.pow(theta, -2.0 * pair / headSize), pair, this, headSize);
    }

    /** Cosines of all angles, (positions, head size / 2), times the scaling's magnitude. */
    float[] cosines(int positions, int headSize) {
        return table(positions, headSize, Math::cos);
    }

    /** Sines of all angles, likewise. */
    float[] sines(int positions, int headSize) {
        return table(positions, headSize, Math::sin);
    }

    private float[] table(int positions, int headSize, DoubleUnaryOperator wave) {
        int half = headSize / 2;
        var table = new float[Math.multiplyExact(positions, half)];
        for (int pair = 0; pair < half; pair++) {
            double frequency = frequency(pair, headSize);
            for (int position = 0; position < positions; position++) {
                table[position * half + pair] =
                        (float) (scaling.magnitude() * wave.applyAsDouble(position * frequency));
            }
        }
        return table;
    }
}
