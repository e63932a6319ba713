package parathink.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the manual pages, in the language of man(7), from what the commands say of themselves. */
public final class ManPages {
    private ManPages() {}

    /** Writes {@code parathink.1}, {@code parathink-run.1} and so on into the folder that is the only argument. */
    public static void main(String[] args) throws IOException {
        var folder = Files.createDirectories(Path.of(args[0]));
        var top = Commands.whole(Environment.ofProcess()).getCommandSpec();
        Files.writeString(folder.resolve("parathink.1"), page(top));
        for (var command : top.subcommands().values()) {
            var spec = command.getCommandSpec();
            Files.writeString(folder.resolve("parathink-%s.1".formatted(spec.name())), page(spec));
        }
    }

    /** The page of one command. */
    static String page(CommandSpec command) {
        var page = new ArrayList<String>();
        var name = command.qualifiedName("-");
        var description = String.join(" ", command.usageMessage().description());
        page.add(".TH \"%s\" 1 \"\" \"parathink %s\" \"parathink\"".formatted(name, Version.ofBuild()));
        section(page, "NAME");
        page.add("%s \\- %s".formatted(text(name), text(description)));
        section(page, "SYNOPSIS");
        page.add(".B " + text(command.qualifiedName()));
        page.add("[\\fIOPTIONS\\fR]" + positional(command));
        section(page, "DESCRIPTION");
        page.add(text(description));
        for (var group : HelpPage.sections(command)) {
            section(
                    page,
                    group.heading().toUpperCase(Locale.ROOT) + (group.heading().equals("Options") ? "" : " OPTIONS"));
            group.options().forEach(option -> option(page, option));
        }
        if (!command.subcommands().isEmpty()) {
            section(page, "COMMANDS");
            command.subcommands()
                    .forEach((word, line) -> entry(
                            page,
                            word,
                            String.join(
                                    " ", line.getCommandSpec().usageMessage().description())));
        }
        section(page, "EXIT STATUS");
        for (Map.Entry<String, String> exit : ExitCode.list().entrySet()) {
            entry(page, exit.getKey().strip(), exit.getValue());
        }
        section(page, "EXAMPLES");
        for (var example : command.usageMessage().footer()) {
            page.addAll(List.of(".nf", text(example.strip()), ".fi"));
        }
        return String.join("\n", page) + "\n";
    }

    private static String positional(CommandSpec command) {
        var synopsis = new StringBuilder();
        for (var parameter : command.positionalParameters()) {
            var label = "\\fI" + text(parameter.paramLabel()) + "\\fR";
            boolean needed = parameter.arity().min() > 0;
            synopsis.append(' ')
                    .append(needed ? label : "[" + label + "]")
                    .append(parameter.arity().max() > 1 ? "..." : "");
        }
        return synopsis.toString();
    }

    private static void section(List<String> page, String heading) {
        page.add(".SH \"%s\"".formatted(text(heading)));
    }

    private static void option(List<String> page, OptionSpec option) {
        var names = new ArrayList<String>();
        for (var name : option.names()) {
            names.add("\\fB" + text(name) + "\\fR");
        }
        var value = option.arity().max() == 0 ? "" : " \\fI" + text(option.paramLabel()) + "\\fR";
        page.add(".TP");
        page.add(String.join(", ", names) + value);
        var preset = option.defaultValue() == null ? "" : option.defaultValue();
        page.add(text(String.join(" ", option.description()).replace("${DEFAULT-VALUE}", preset)));
    }

    private static void entry(List<String> page, String term, String description) {
        page.addAll(List.of(".TP", ".B " + text(term), text(description)));
    }

    /** A text that troff prints as it stands. */
    private static String text(String plain) {
        var escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
