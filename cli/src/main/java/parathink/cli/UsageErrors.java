package parathink.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parathink.datasets.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line: one line, and one that says where the help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Environment environment;
    private final Settings settings;

    UsageErrors(Environment environment, Settings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        environment.err().printf("%s: %s%n", name, message(failure));
        environment.err().printf("See '%s --help'.%n", name);
        return ExitCode.BAD_INPUT.code();
    }

    private String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
        }
        if (failure.getArgSpec() instanceof OptionSpec option) {
            var typed = typed(failure.getCommandLine(), option);
            var message = message(failure, option, typed.orElse(option.longestName()));
            return typed.isPresent()
                    ? message
                    : settings.origin(option)
                            .map(origin -> origin + ": " + message)
                            .orElse(message);
        }
        return firstLine(failure.getMessage());
    }

    private static String message(ParameterException failure, OptionSpec option, String name) {
        if (option.typeInfo().isMap() && failure.getValue() != null) {
            return "invalid value for option '%s': '%s' is not of the form %s"
                    .formatted(name, failure.getValue(), option.paramLabel());
        }
        return firstLine(failure.getMessage()).replace("'" + option.longestName() + "'", "'" + name + "'");
    }

    /** The name by which an option stands on the command line, if it does. */
    private static Optional<String> typed(CommandLine command, OptionSpec option) {
        return command.getParseResult().originalArgs().stream()
                .flatMap(arg -> Arrays.stream(option.names()).filter(name -> begins(arg, name)))
                .findFirst();
    }

    // Values may be attached: --seed=3, -n8.
    private static boolean begins(String argument, String name) {
        boolean shortOption = name.length() == 2;
        return argument.equals(name) || argument.startsWith(shortOption ? name : name + "=");
    }

    private static String unmatched(CommandLine command, List<String> arguments) {
        var first = arguments.getFirst();
        if (first.startsWith("@")) {
            return "cannot read the argument file '%s'".formatted(first.substring(1));
        }
        if (first.startsWith("-")) {
            int end = first.indexOf('=');
            var typed = end < 0 ? first : first.substring(0, end);
            var names = command.getCommandSpec().optionsMap().keySet();
            return "unknown option '%s'%s".formatted(typed, suggestion(typed, names));
        }
        var commands = command.getSubcommands().keySet();
        return commands.isEmpty()
                ? "unexpected argument '%s'".formatted(first)
                : "there is no command '%s'%s".formatted(first, suggestion(first, commands));
    }

    // Without the list of all names when none is near: a command has dozens of options.
    private static String suggestion(String typed, Collection<String> names) {
        return NearestName.to(typed, names)
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
    }

    private static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("bad usage");
        var plain = line.replaceFirst(
                        "^positional parameter at index .* \\((.*)\\) requires at least (\\d+) values.*",
                        "give $2 or more of $1")
                .replaceFirst(" is not a double$", " is not a number")
                .replaceFirst(" is not an (int|long)$", " is not a whole number");
        return plain.isEmpty() ? plain : Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
    }
}
