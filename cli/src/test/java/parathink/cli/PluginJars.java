package parathink.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import parathink.datasets.Question;
import parathink.models.Session;
import parathink.strategies.StrategyPlugin;

/** Jars of plug-ins, compiled from their sources by the compiler of this JDK. */
record PluginJars(Path folder) {
    static final String SERVICE = "META-INF/services/" + StrategyPlugin.class.getName();

    /** A strategy that takes the first answer among its branches, in one file as {@code docs/adding-a-strategy.md} has it. */
    static String source(String type, String strategy) {
        return """
                import java.util.List;
                import java.util.Optional;
                import parathink.datasets.Answer;
                import parathink.datasets.Question;
                import parathink.models.*;
                import parathink.strategies.*;

                public record %1$s(int branches, SamplingParams sampling) implements Strategy {
                    public %1$s {
                        if (branches < 1) {
                            throw new IllegalArgumentException("branches must be at least 1, got " + branches);
                        }
                    }

                    public static final class Plugin implements StrategyPlugin {
                        @Override
                        public List<StrategyEntry> strategies() {
                            return List.of(new StrategyEntry(
                                    "%2$s",
                                    "The first answer there is.",
                                    "made up",
                                    "independent completions of one prompt",
                                    List.of(new Setting("branches", "2", "completions drawn, 1 or more")),
                                    (settings, sampling) -> new %1$s(settings.whole("branches"), sampling)));
                        }
                    }

                    @Override
                    public Outcome solve(Question question, Session session) {
                        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
                        var votes = new Votes(question.format());
                        Optional<Answer> first = Optional.empty();
                        for (var completion : session.decodeAll(trunk.fork(branches), StopRule.NONE)) {
                            var answer = question.answerIn(completion.answerText());
                            answer.ifPresent(votes::add);
                            first = first.or(() -> answer);
                        }
                        return Outcome.of(first, votes.counted(), java.util.Map.of());
                    }
                }
                """.formatted(type, strategy);
    }

    /** Compiles a source and gives its class files by their names in a jar. */
    Map<String, byte[]> compile(String type, String source) throws IOException {
        var work = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "classes");
        var file = Files.writeString(work.resolve(type + ".java"), source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        int failed = compiler.run(
                null, null, null, "-proc:none", "-cp", classPath(), "-d", work.toString(), file.toString());
        if (failed != 0) {
            throw new IllegalStateException("the plug-in of this test does not compile");
        }
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(made -> made.toString().endsWith(".class"))
                    .collect(Collectors.toMap(
                            made -> work.relativize(made).toString().replace('\\', '/'), PluginJars::bytes));
        }
    }

    private static String classPath() {
        return Stream.of(StrategyPlugin.class, Session.class, Question.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> {
                    try {
                        return Path.of(place.toURI()).toString();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a jar with these files and a list of providers. */
    Path write(String name, Map<String, byte[]> files, List<String> providers) throws IOException {
        Files.createDirectories(folder);
        var jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
            if (!providers.isEmpty()) {
                out.putNextEntry(new ZipEntry(SERVICE));
                out.write(String.join("\n", providers).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** Writes a jar with one strategy. */
    Path with(String name, String type, String strategy) throws IOException {
        return write(name, compile(type, source(type, strategy)), List.of(type + "$Plugin"));
    }
}
