package parathink.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The layout of every help page: options under the headings of the mixins they come from, then exit codes, then examples. */
final class HelpPage {
    /** Options under one heading. */
    record Section(String heading, List<OptionSpec> options) {
        Section {
            options = List.copyOf(options);
        }
    }

    private HelpPage() {}

    /** Gives a command and all below it this layout. */
    static void layOut(CommandLine command, int columns) {
        var usage = command.getCommandSpec().usageMessage();
        usage.width(columns)
                .adjustLineBreaksForWideCJKCharacters(true)
                .abbreviateSynopsis(true)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list())
                .footerHeading("%nExamples:%n");
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPage::options);
        command.getSubcommands().values().forEach(below -> layOut(below, columns));
    }

    /** The options of a command in the order of its help page. */
    static List<Section> sections(CommandSpec command) {
        var sections = new ArrayList<Section>();
        var mixedIn = new HashSet<String>();
        command.mixins().forEach((heading, mixin) -> {
            var options =
                    mixin.options().stream().filter(option -> !option.hidden()).toList();
            options.forEach(option -> mixedIn.add(option.longestName()));
            if (!options.isEmpty()) {
                sections.add(new Section(heading, options));
            }
        });
        var own = command.options().stream()
                .filter(option -> !option.hidden() && !mixedIn.contains(option.longestName()))
                .toList();
        if (!own.isEmpty()) {
            sections.add(Math.max(0, sections.size() - 1), new Section("Options", own)); // common options come last
        }
        return sections;
    }

    private static String options(Help help) {
        var page = new StringBuilder();
        for (var section : sections(help.commandSpec())) {
            var layout = help.createDefaultLayout();
            layout.addOptions(section.options(), help.parameterLabelRenderer());
            page.append(help.colorScheme().text("%n@|bold %s:|@%n".formatted(section.heading())))
                    .append(layout);
        }
        return page.toString();
    }
}
