package parathink.cli;

import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
    @Option(names = "--json", description = "Print JSON on standard output: one object, or one a line.")
    boolean json;

    @Option(names = "--show-config", description = "Print every setting with its value and where it comes from.")
    boolean showConfig;

    @Option(names = "--stacktrace", description = "Print where in the code an error arose.")
    boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this page.")
    boolean help;
}
