package parathink.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parathink.datasets.NearestName;
import parathink.models.Engine;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.onnx.Device;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.onnx.NumericMode;
import parathink.models.onnx.OrtSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model, and what it runs on. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = EmbeddedModel.NAME,
            description = "Which model; see 'parathink models' (default: ${DEFAULT-VALUE}, embedded).")
    private String model = EmbeddedModel.NAME;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "Numeric path: exact (fp32), faithful or fast (default: the model's, fast for the embedded one).")
    private Optional<NumericMode> mode = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = Devices.class,
            defaultValue = "cpu",
            description = "What computes: cpu (default: ${DEFAULT-VALUE}).")
    private Device device = Device.CPU;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Threads that share the work of one operator (default: one a physical core).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--ort-dir",
            paramLabel = "DIR",
            description = "A folder with another build of ONNX Runtime's library (default: the one that is shipped).")
    private Optional<Path> library = Optional.empty();

    /** Refuses devices that this version cannot use. */
    static final class Devices implements ITypeConverter<Device> {
        @Override
        public Device convert(String device) {
            if (!device.equals("cpu")) {
                throw new TypeConversionException(
                        "'%s' is not a device that can be used here, which is cpu".formatted(device));
            }
            return Device.CPU;
        }
    }

    /** The model, as given. */
    String model() {
        return model;
    }

    /** How to find and run ONNX Runtime. */
    OrtSettings runtime(Environment environment) {
        var usual = OrtSettings.cachedIn(environment.cache());
        return new OrtSettings(
                library.map(environment.folder()::resolve),
                usual.cacheFolder(),
                threads.orElse(usual.threads()),
                device);
    }

    /** Loads the model into an engine; the caller closes it. */
    Engine open(Environment environment) {
        if (!model.equals(EmbeddedModel.NAME)) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "--model: there is no model '%s'; %s"
                            .formatted(model, NearestName.hint(model, List.of(EmbeddedModel.NAME))));
        }
        return new LocalEngine(EmbeddedModel.open(mode.orElse(EmbeddedModel.DEFAULT_MODE), runtime(environment)));
    }
}
