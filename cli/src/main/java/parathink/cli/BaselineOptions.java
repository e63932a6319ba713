package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which other engines take turns with ours. */
final class BaselineOptions {
    @Option(
            names = "--against",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Other engines to measure in turn: llama.cpp, transformers or onnxruntime-genai; their weights' format may"
                            + " follow a colon, such as llama.cpp:Q8_0. The model must be a folder.")
    private List<String> against = List.of();

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            defaultValue = "python3",
            description = "A Python 3 in which they are installed (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--baselines",
            paramLabel = "DIR",
            description =
                    "The folder of their scripts (default: scripts/bench/baselines of this program's source tree).")
    private Optional<Path> folder = Optional.empty();

    private enum Baseline {
        LLAMA_CPP("llama.cpp", "llama_cpp_baseline.py"),
        TRANSFORMERS("transformers", "transformers_baseline.py"),
        GENAI("onnxruntime-genai", "genai_baseline.py");

        private final String word;
        private final String script;

        Baseline(String word, String script) {
            this.word = word;
            this.script = script;
        }

        static Baseline of(String name) {
            return Arrays.stream(values())
                    .filter(baseline -> baseline.word.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--against: there is no '%s'; there are %s"
                            .formatted(
                                    name,
                                    Arrays.stream(values())
                                            .map(baseline -> baseline.word)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    /**
     * A baseline as it is started.
     *
     * @param label as it was asked for
     * @param words program and arguments
     */
    record BaselineCommand(String label, List<String> words) {
        BaselineCommand {
            words = List.copyOf(words);
        }
    }

    /** Whether nothing takes turns with ours. */
    boolean isEmpty() {
        return against.isEmpty();
    }

    /** The commands of what was asked for, on the same model and as many threads. */
    List<BaselineCommand> commands(Environment environment, String model, int threads) {
        var commands = new ArrayList<BaselineCommand>();
        for (var asked : against) {
            var parts = asked.split(":", 2);
            var baseline = Baseline.of(parts[0]);
            var path = environment.folder().resolve(model);
            if (!Files.isDirectory(path)) {
                throw new IllegalArgumentException(
                        "--against %s: --model %s is no folder, and other engines read the weights from one"
                                .formatted(asked, model));
            }
            var words = new ArrayList<>(List.of(
                    python,
                    script(environment, baseline).toString(),
                    "--model",
                    path.toString(),
                    "--threads",
                    Integer.toString(threads),
                    "--cache",
                    environment.cache().resolve("baselines").toString()));
            if (parts.length > 1) {
                words.addAll(List.of("--format", parts[1]));
            }
            commands.add(new BaselineCommand(asked, words));
        }
        return commands;
    }

    private Path script(Environment environment, Baseline baseline) {
        var scripts = folder.map(environment.folder()::resolve)
                .orElseGet(() -> Path.of(System.getProperty("parathink.home", ""), "scripts", "bench", "baselines"));
        var script = scripts.resolve(baseline.script);
        if (!Files.isRegularFile(script)) {
            throw new IllegalArgumentException(
                    "--against %s: there is no %s; name the folder of the scripts with --baselines"
                            .formatted(baseline.word, script));
        }
        return script;
    }
}
