package parathink.models.onnx;

import java.util.Arrays;

/** Rotary frequencies as the papers and public code put them: by wavelengths, and by a ramp over the pairs of a head. */
final class ReferenceAngles {
    private ReferenceAngles() {}

    static double magnitude(RotaryScaling scaling) {
        return scaling instanceof RotaryScaling.Yarn yarn ? yarn.magnitude() : 1;
    }

    /** Radians a position, for each pair of a head. */
    static double[] frequencies(Rotary rotary, int size) {
        var plain = new double[size / 2];
        Arrays.setAll(plain, pair -> 1 / Math.pow(rotary.theta(), 2.0 * pair / size));
        return switch (rotary.scaling()) {
            case RotaryScaling.None none -> plain;
            case RotaryScaling.Linear linear ->
                Arrays.stream(plain).map(value -> value / linear.factor()).toArray();
            case RotaryScaling.Llama3 llama ->
                Arrays.stream(plain).map(value -> llama3(llama, value)).toArray();
            case RotaryScaling.Yarn yarn -> yarn(yarn, plain, rotary.theta(), size);
        };
    }

    private static double llama3(RotaryScaling.Llama3 llama, double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < llama.original() / llama.high()) {
            return frequency;
        }
        if (wavelength > llama.original() / llama.low()) {
            return frequency / llama.factor();
        }
        double smooth = (llama.original() / wavelength - llama.low()) / (llama.high() - llama.low());
        return (1 - smooth) * frequency / llama.factor() + smooth * frequency;
    }

    private static double[] yarn(RotaryScaling.Yarn yarn, double[] plain, double theta, int size) {
        int low = (int)
                Math.floor(size * Math.log(yarn.original() / (yarn.fast() * 2 * Math.PI)) / (2 * Math.log(theta)));
        int high =
                (int) Math.ceil(size * Math.log(yarn.original() / (yarn.slow() * 2 * Math.PI)) / (2 * Math.log(theta)));
        low = Math.max(low, 0);
        high = Math.min(high, size - 1);
        var scaled = new double[plain.length];
        for (int pair = 0; pair < plain.length; pair++) {
            double ramp = Math.min(1, Math.max(0, (pair - low) / (double) (high - low)));
            scaled[pair] = plain[pair] / yarn.factor() * ramp + plain[pair] * (1 - ramp);
        }
        return scaled;
    }
}
