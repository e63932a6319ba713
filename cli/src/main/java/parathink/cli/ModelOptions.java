package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.eval.pool.PoolDataset;
import parathink.models.EndlessModel;
import parathink.models.Engine;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.Templates;
import parathink.models.endpoint.EndpointAddress;
import parathink.models.onnx.DecoderFile;
import parathink.models.onnx.Device;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.onnx.ModelFolder;
import parathink.models.onnx.NumericMode;
import parathink.models.onnx.OnnxModel;
import parathink.models.onnx.OrtSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model, and what it runs on. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = EmbeddedModel.NAME,
            description =
                    "Which model: a name of 'parathink models', a folder with config.json, *.safetensors and tokenizer.json,"
                            + " the .onnx file of a decoder with its tokenizer.json beside it, http://HOST:PORT/v1#NAME"
                            + " of an OpenAI-compatible server, or replay:PATH for recorded"
                            + " completions (default: ${DEFAULT-VALUE}, embedded).")
    private String model = EmbeddedModel.NAME;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = Modes.class,
            description =
                    "Numeric path: exact (fp32), faithful or fast (default: fast for the embedded model, faithful for a"
                            + " folder).")
    private Optional<NumericMode> mode = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = Devices.class,
            defaultValue = "cpu",
            description = "What computes: cpu (default: ${DEFAULT-VALUE}).")
    private Device device = Device.CPU;

    @Mixin(name = "Runtime")
    private RuntimeOptions runtime = new RuntimeOptions();

    @Mixin(name = "Template")
    private TemplateOptions template = new TemplateOptions();

    private int checkpointTokens;

    /** As if it had been typed. */
    static ModelOptions of(String model, Optional<NumericMode> mode) {
        var options = new ModelOptions();
        options.model = model;
        options.mode = mode;
        return options;
    }

    @Mixin(name = "Server")
    private EndpointOptions server;

    /** Reads a mode by the word that files have for it. */
    static final class Modes implements ITypeConverter<NumericMode> {
        @Override
        public NumericMode convert(String word) {
            return Arrays.stream(NumericMode.values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is not a mode; there are %s"
                            .formatted(
                                    word,
                                    Arrays.stream(NumericMode.values())
                                            .map(NumericMode::word)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    /** Refuses devices that this version cannot use. */
    static final class Devices implements ITypeConverter<Device> {
        @Override
        public Device convert(String device) {
            if (!device.equals("cpu")) {
                throw new TypeConversionException("this version computes on cpu only, not on '%s'".formatted(device));
            }
            return Device.CPU;
        }
    }

    /** Has completions of a local model saved every so many tokens; 0 for not at all. */
    void saveEvery(int tokens) {
        checkpointTokens = tokens;
    }

    /** Sets variables of the model's chat template, as if they had been typed. */
    void ask(Map<String, String> templateOptions) {
        template = TemplateOptions.of(templateOptions);
    }

    /** How ONNX Runtime is run. */
    RuntimeOptions runtime() {
        return runtime;
    }

    /** The model, as given. */
    String model() {
        return model;
    }

    /** The file or run directory of a pool, where the model is one. */
    Optional<Path> pool() {
        var pool = PoolDataset.path(model);
        if (pool.isPresent() && mode.isPresent()) {
            throw new IllegalArgumentException("--mode: a pool computes nothing; leave --mode out");
        }
        if (pool.isPresent()) {
            template.requireNone("a pool was asked already");
        }
        return pool;
    }

    /**
     * Loads the model into an engine; the caller closes it.
     *
     * @throws ModelException when there is no such model, or it cannot be used
     */
    Engine open(Environment environment) {
        return open(environment, Templates.NONE);
    }

    /**
     * Loads the model into an engine that asks in the user's own words; the caller closes it.
     *
     * @throws ModelException when there is no such model, or it cannot be used
     * @throws IllegalArgumentException when it cannot be asked so
     */
    Engine open(Environment environment, Templates prompts) {
        if (pool().isPresent()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "--model %s: a pool has completions of its own problems only; it is for 'parathink run' and 'sweep'"
                            .formatted(model));
        }
        if (mode.isPresent() && model.endsWith(".onnx")) {
            throw new IllegalArgumentException(
                    "--mode: %s computes as it was exported; leave --mode out".formatted(model));
        }
        if (EndpointAddress.isOne(model)) {
            if (mode.isPresent()) {
                throw new IllegalArgumentException("--mode: the server decides how it computes; leave --mode out");
            }
            template.requireNone("the server renders its own chat template");
            return server.open(model, environment, prompts);
        }
        return open(
                "--model",
                model,
                mode,
                runtime.settings(environment, device),
                environment,
                prompts,
                template.values(),
                checkpointTokens);
    }

    /**
     * Loads a model that judges, on the same device, in its default mode where it is not the one that solves.
     *
     * @throws ModelException when there is no such model, or it cannot be used
     */
    Engine openJudge(String judge, Environment environment, Templates prompts) {
        if (PoolDataset.path(judge).isPresent()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "--judge %s: a pool cannot judge; give a model".formatted(judge));
        }
        if (EndpointAddress.isOne(judge)) {
            return server.openJudge(judge, Optional.of(model), environment, prompts);
        }
        boolean same = judge.equals(model);
        return open(
                "--judge",
                judge,
                same ? mode : Optional.empty(),
                runtime.settings(environment, device),
                environment,
                prompts,
                same ? template.values() : Map.of(),
                checkpointTokens);
    }

    /**
     * Loads a model of this process into an engine in which no token ends a text; the caller closes it.
     *
     * @throws ModelException when there is no such model, or it cannot be used
     */
    Engine openEndless(Environment environment) {
        if (PoolDataset.path(model).isPresent() || EndpointAddress.isOne(model)) {
            throw new IllegalArgumentException(
                    "--model %s: only a model of this process can be measured; give a folder, an .onnx file or %s"
                            .formatted(model, EmbeddedModel.NAME));
        }
        if (mode.isPresent() && model.endsWith(".onnx")) {
            throw new IllegalArgumentException(
                    "--mode: %s computes as it was exported; leave --mode out".formatted(model));
        }
        return new LocalEngine(
                new EndlessModel(load("--model", model, mode, runtime.settings(environment, device), environment)));
    }

    /** Loads a model that an option names, into an engine. */
    static Engine open(
            String option,
            String name,
            Optional<NumericMode> mode,
            OrtSettings settings,
            Environment environment,
            Templates prompts,
            Map<String, String> templateOptions,
            int checkpointTokens) {
        return engine(load(option, name, mode, settings, environment), prompts, templateOptions, checkpointTokens);
    }

    private static OnnxModel load(
            String option, String name, Optional<NumericMode> mode, OrtSettings settings, Environment environment) {
        if (name.equals(EmbeddedModel.NAME)) {
            return EmbeddedModel.open(mode.orElse(EmbeddedModel.DEFAULT_MODE), settings);
        }
        if (name.endsWith(".onnx")) {
            return DecoderFile.open(environment.folder().resolve(name), settings);
        }
        var folder = environment.folder().resolve(name);
        if (Files.isDirectory(folder)) {
            return ModelFolder.open(
                    folder, mode.orElse(ModelFolder.DEFAULT_MODE), settings, environment.err()::println);
        }
        throw unknown(option, name);
    }

    private static ModelException unknown(String option, String name) {
        return new ModelException(
                ModelException.Kind.UNUSABLE,
                "%s: there is no model '%s'; it must be %s, a model's folder, the .onnx file of a decoder with past, or the address of a server%s"
                        .formatted(
                                option,
                                name,
                                EmbeddedModel.NAME,
                                switch (option) {
                                    case "--model" -> ", or replay:PATH";
                                    case "--judge" -> "; the lexical judge of 'parathink judge' is called lexical";
                                    default -> "";
                                }));
    }

    private static Engine engine(
            OnnxModel model, Templates prompts, Map<String, String> templateOptions, int checkpointTokens) {
        try {
            return new LocalEngine(
                    model, model.dialect().with(prompts), model.template().with(templateOptions), checkpointTokens);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
