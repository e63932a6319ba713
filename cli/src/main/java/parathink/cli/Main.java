package parathink.cli;

import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import parathink.models.ModelException;
import parathink.models.onnx.OnnxRuntime;
import parathink.models.onnx.OrtSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line: finds the command, and turns how it ended into an exit code. */
@Command(
        name = "parathink",
        description = "Lets a language model think many times at once, and measures what that is worth.",
        footer = {
            "  parathink run --dataset countdown-4 --strategy self-consistency -n 16 --limit 50",
            "  parathink strategies self-consistency",
            "  parathink report runs/first"
        })
public final class Main implements Subcommand {
    @Spec
    private CommandSpec command;

    @Mixin(name = "General")
    private CommonOptions common;

    @Option(
            names = {"-V", "--version"},
            description = "Print the version of parathink and of what it runs on.")
    private boolean version;

    private final Environment environment;

    Main(Environment environment) {
        this.environment = environment;
    }

    /** Runs one command and ends the process. */
    public static void main(String[] args) {
        var output = new PipeOutput(FileDescriptor.out);
        var environment = Environment.ofProcess(output);
        int exit = execute(environment, args);
        environment.err().flush();
        boolean lost = environment.out().checkError(); // flushes, and knows of every earlier failure
        if (lost && !output.readerLeft()) { // a reader that has seen enough, such as head, is no failure
            environment
                    .err()
                    .println("parathink: standard output was closed or cannot be written; the result is not whole");
            exit = Math.max(exit, ExitCode.BAD_INPUT.code());
        }
        System.exit(exit);
    }

    /** Runs one command; the exit code is the result. */
    static int execute(Environment environment, String... args) {
        try {
            var line = Commands.of(environment, args);
            var settings = Settings.read(environment);
            return line.setDefaultValueProvider(settings)
                    .setParameterExceptionHandler(new UsageErrors(environment, settings))
                    .setExecutionStrategy(parsed -> run(parsed, environment, settings, args))
                    .setExpandAtFiles(takesArgumentFiles(args))
                    .execute(args);
        } catch (RuntimeException e) {
            boolean stacktrace = Arrays.asList(args).contains("--stacktrace");
            return new Failures(environment, stacktrace).report(e, "parathink").code();
        }
    }

    // Only where no argument is free text: a prompt or an answer may well begin with @.
    private static boolean takesArgumentFiles(String... args) {
        return args.length > 0 && args[0].equals("run");
    }

    private static int run(ParseResult parsed, Environment environment, Settings settings, String... typed) {
        if (CommandLine.printHelpIfRequested(parsed)) {
            tell(settings, environment);
            return ExitCode.DONE.code();
        }
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        var command = last.commandSpec();
        if (isSet(command, "--show-config")) {
            tell(settings, environment);
            ShownConfig.print(environment, settings.of(last), isSet(command, "--json"));
            return ExitCode.DONE.code();
        }
        if (!settings.faults().isEmpty()) {
            if (!(command.userObject() instanceof Subcommand asked) || !asked.worksWithWrongSettings()) {
                environment.err().println("parathink: " + settings.faults().getFirst());
                return ExitCode.BAD_INPUT.code();
            }
            tell(settings, environment);
        }
        new GivenTwice(command, typed).refuse();
        var failures = new Failures(environment, isSet(command, "--stacktrace"));
        try {
            new UnreadServerOptions(last).refuse();
            return ((Subcommand) command.userObject()).run().code();
        } catch (ParameterException e) {
            throw e; // the one handler of usage errors answers it
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            return failures.report(e, command.qualifiedName()).code();
        }
    }

    /** What helps to find a fault in the settings works in spite of it, and says it. */
    private static void tell(Settings settings, Environment environment) {
        settings.faults().forEach(fault -> environment.err().println("parathink: " + fault));
    }

    private static boolean isSet(CommandSpec command, String flag) {
        return command.findOption(flag).getValue();
    }

    @Override
    public boolean worksWithWrongSettings() {
        return version;
    }

    @Override
    public ExitCode run() {
        if (!version) {
            var commands = String.join(" ", command.subcommands().keySet());
            throw new ParameterException(command.commandLine(), "name a command: " + commands);
        }
        var parts = Version.read().parts();
        parts.put("onnxruntime", onnxRuntime());
        environment
                .out()
                .println(
                        common.json
                                ? Json.line(parts)
                                : parts.entrySet().stream()
                                        .map(part -> part.getKey() + " " + part.getValue())
                                        .collect(Collectors.joining("\n")));
        return ExitCode.DONE;
    }

    private String onnxRuntime() {
        var usual = OrtSettings.cachedIn(environment.cache());
        try {
            return OnnxRuntime.find(environment
                            .variable("PARATHINK_ORT_DIR")
                            .map(folder -> usual.withLibraryFolder(Path.of(folder)))
                            .orElse(usual))
                    .version();
        } catch (ModelException e) {
            return "not found (see 'parathink doctor')";
        }
    }
}
