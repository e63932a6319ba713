package parathink.strategies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import parathink.models.SamplingParams;

/**
 * The catalogue with the strategies of a folder of jars. Each jar has a class loader of its own, so that two may hold the same library in
 * two versions. Opened and closed by one thread; its strategies may be used by any until it is closed.
 */
public final class Plugins implements AutoCloseable {
    private static final SamplingParams ANY = new SamplingParams(1, 0, 1, 0, 1);

    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final List<StrategyEntry> entries = new ArrayList<>(Strategies.all());

    private Plugins() {}

    /** The built-in strategies alone. */
    public static Plugins none() {
        return new Plugins();
    }

    /**
     * The built-in strategies, then those of every jar of the folder, jars in the order of their names.
     *
     * @throws IllegalArgumentException naming the jar that is broken, lacks a class, was compiled for a newer Java, offers nothing or
     *     takes a name that is taken; naming the folder when it is none or has no jar
     */
    public static Plugins of(Path folder) {
        var plugins = new Plugins();
        try {
            jars(folder).forEach(plugins::add);
            return plugins;
        } catch (RuntimeException | Error e) {
            plugins.close();
            throw e;
        }
    }

    /** All strategies there are. */
    public StrategyCatalogue catalogue() {
        return new StrategyCatalogue(entries);
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--plugins %s: there is no such folder".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            var jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw new IllegalArgumentException("--plugins %s: has no .jar file in it".formatted(folder));
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException("--plugins %s: cannot be read".formatted(folder), e);
        }
    }

    private void add(Path file) {
        var jar = new PluginJar(file, hash(file));
        try {
            var loader = new URLClassLoader(
                    file.getFileName().toString(),
                    new URL[] {file.toUri().toURL()},
                    getClass().getClassLoader());
            loaders.add(loader);
            var found = new ArrayList<StrategyEntry>();
            for (var plugin : ServiceLoader.load(StrategyPlugin.class, loader)) {
                plugin.strategies().forEach(entry -> found.add(entry.from(jar)));
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "it offers no strategy; name its class in META-INF/services/" + StrategyPlugin.class.getName());
            }
            found.forEach(entry -> entry.with(Map.of(), ANY)); // a strategy that refuses its own defaults
            entries.addAll(found);
        } catch (ServiceConfigurationError | LinkageError | IOException | RuntimeException e) {
            throw new IllegalArgumentException("plug-in %s: %s".formatted(file, fault(e)), e);
        }
        catalogue(); // refuses names that are taken
    }

    /** What is wrong with a jar, in words. */
    static String fault(Throwable failure) {
        var said = String.valueOf(failure.getMessage());
        return switch (failure) {
            case UnsupportedClassVersionError newer ->
                "it was compiled for a newer Java than this one (%s); compile it with --release %<s"
                        .formatted(Runtime.version().feature());
            case NoClassDefFoundError missing -> "it lacks the class %s".formatted(said.replace('/', '.'));
            case LinkageError other ->
                "it does not fit this version of parathink; compile it again (%s)".formatted(other);
            case ServiceConfigurationError service when service.getCause() != null -> fault(service.getCause());
            case ServiceConfigurationError service ->
                said.replace(StrategyPlugin.class.getName() + ": ", "")
                        .replaceFirst(
                                "^Provider (\\S+) not found$", "it lacks the class $1, which it names as its own");
            default -> failure.getMessage() == null ? failure.toString() : said;
        };
    }

    /** Reads the jar whole: one that is cut short is found here, as a class loader would pass over it. */
    private static String hash(Path file) {
        try (var jar = new JarFile(file.toFile())) {
            jar.getManifest();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (ZipException e) {
            throw new IllegalArgumentException("plug-in %s: is not a jar file, or is cut short".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("plug-in %s: cannot be read".formatted(file), e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        for (var loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("plug-in %s: cannot be closed".formatted(loader.getName()), e);
            }
        }
    }
}
