package parathink.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import parathink.datasets.DatasetEntry;
import parathink.datasets.Datasets;
import parathink.datasets.files.ImportedDataset;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.onnx.CachedWeights;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.onnx.OnnxRuntime;
import parathink.models.onnx.OrtSettings;
import parathink.models.onnx.WeightCache;

/** Looks at everything parathink needs, by using it. Used by one thread. */
final class Diagnosis {
    private static final int OLDEST_JAVA = 25;
    private static final long LEAST_HEAP_MIB = 256;

    private final Environment environment;
    private final OrtSettings runtime;

    Diagnosis(Environment environment, OrtSettings runtime) {
        this.environment = environment;
        this.runtime = runtime;
    }

    /** All findings, in the order in which things depend on each other. */
    List<Finding> findings() {
        return List.of(
                java(),
                compiler(),
                memory(),
                folder("data folder", environment.data(), "PARATHINK_DATA"),
                cacheFolder(),
                temporaryFolder(),
                onnxRuntime(),
                processor(),
                model(),
                datasets(),
                settings());
    }

    private Finding settings() {
        var faults = Settings.read(environment).faults();
        return faults.isEmpty()
                ? Finding.found("settings", "no fault in the files of settings")
                : Finding.wrong(
                        "settings",
                        String.join("; ", faults),
                        "mend the file: commands that read it refuse until then");
    }

    private static Finding java() {
        var version = Runtime.version();
        var detail = "%s in %s".formatted(version, System.getProperty("java.home"));
        return version.feature() >= OLDEST_JAVA
                ? Finding.found("java", detail)
                : Finding.missing("java", detail, "install a JDK %d or newer".formatted(OLDEST_JAVA));
    }

    private static Finding compiler() {
        var javac = Path.of(System.getProperty("java.home"), "bin", "javac");
        return Files.isExecutable(javac)
                ? Finding.found("compiler", javac.toString())
                : Finding.absent(
                        "compiler",
                        "this Java has none, so a changed source cannot be built",
                        "install the JDK, not only the runtime");
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        var detail = "heap of %d MiB at most".formatted(heap);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            detail += ", %d MiB of %d MiB of the machine free"
                    .formatted(system.getFreeMemorySize() >> 20, system.getTotalMemorySize() >> 20);
        }
        return heap >= LEAST_HEAP_MIB
                ? Finding.found("memory", detail)
                : Finding.missing(
                        "memory",
                        detail,
                        "give it at least %d MiB: PARATHINK_JAVA_OPTS=-Xmx1g".formatted(LEAST_HEAP_MIB));
    }

    private static Finding folder(String subject, Path folder, String variable) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".doctor", ""));
            return Finding.found(subject, folder.toString());
        } catch (IOException e) {
            return Finding.missing(
                    subject, folder + " cannot be written", "set %s to a folder of yours".formatted(variable));
        }
    }

    private Finding cacheFolder() {
        var found = folder("cache folder", environment.cache(), "PARATHINK_CACHE");
        var cache = WeightCache.in(environment.cache(), note -> {});
        long bytes = cache.list().stream().mapToLong(CachedWeights::bytes).sum();
        return bytes == 0 || found.state() != Finding.State.FOUND
                ? found
                : Finding.found(
                        found.subject(),
                        "%s, %d MiB of weights kept in %s".formatted(found.detail(), bytes >> 20, cache.folder()));
    }

    private static Finding temporaryFolder() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Files.delete(Files.createTempFile(folder, ".doctor", ""));
            long free = Files.getFileStore(folder).getUsableSpace() >> 20;
            return Finding.found(
                    "temporary folder", "%s, %d MiB free; packed pools are unpacked there".formatted(folder, free));
        } catch (IOException e) {
            return Finding.absent(
                    "temporary folder",
                    folder + " cannot be written, so a packed pool cannot be replayed",
                    "unpack pools yourself, or name a folder: PARATHINK_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
        }
    }

    private Finding onnxRuntime() {
        try {
            var found = OnnxRuntime.find(runtime);
            return Finding.found("onnxruntime", "%s, %s".formatted(found.version(), found.library()));
        } catch (ModelException e) {
            return Finding.missing(
                    "onnxruntime",
                    e.getMessage(),
                    "name a folder that has the library: --ort-dir or PARATHINK_ORT_DIR");
        }
    }

    private Finding processor() {
        try {
            var found = OnnxRuntime.find(runtime);
            var detail = "%d cores, %s".formatted(found.cores(), System.getProperty("os.arch"));
            return found.wideInt8()
                    ? Finding.found("processor", detail + ", wide sums of 8-bit products (such as VNNI)")
                    : Finding.absent(
                            "processor",
                            detail + ", no wide sums of 8-bit products",
                            "nothing to do: mode fast uses 7-bit weights here, and is slower");
        } catch (ModelException e) {
            return Finding.absent("processor", "not looked at without ONNX Runtime", "see onnxruntime");
        }
    }

    private Finding model() {
        try (var engine = new LocalEngine(EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, runtime));
                var session = engine.open("doctor", new Budget(8), Seed.of(0), Journal.NONE)) {
            var completion = session.start(Prompt.user("1+1"), engine.defaults().greedy())
                    .decode(StopRule.NONE);
            return Finding.found(
                    "model",
                    "%s, embedded; decoded %d tokens on %s"
                            .formatted(
                                    EmbeddedModel.NAME,
                                    completion.tokens(),
                                    engine.provenance().device()));
        } catch (ModelException e) {
            return Finding.missing("model", e.getMessage(), "mend what is missing above, then build again");
        }
    }

    private Finding datasets() {
        var states = Datasets.all().stream()
                .filter(entry -> entry.loader() instanceof ImportedDataset)
                .collect(Collectors.partitioningBy(
                        this::isHere, Collectors.mapping(DatasetEntry::name, Collectors.toList())));
        long generated = Datasets.all().stream().filter(DatasetEntry::generated).count();
        var detail = "%d generated, %d imported"
                .formatted(generated, states.get(true).size());
        return states.get(false).isEmpty()
                ? Finding.found("datasets", detail)
                : Finding.absent(
                        "datasets",
                        detail + "; not here: " + String.join(", ", states.get(false)),
                        "'parathink datasets NAME' tells where to get one, 'parathink import' brings it in");
    }

    private boolean isHere(DatasetEntry entry) {
        return entry.loader() instanceof ImportedDataset imported && Files.exists(imported.file(environment.data()));
    }
}
