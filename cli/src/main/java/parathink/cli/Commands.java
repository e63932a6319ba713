package parathink.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands there are. Reading a command's options by reflection takes longer than all else at the start, so only the one
 * that is asked for is read whole, of the others just name and description.
 */
final class Commands {
    private static final Map<Class<? extends Subcommand>, Function<Environment, Subcommand>> ALL = all();

    private Commands() {}

    private static Map<Class<? extends Subcommand>, Function<Environment, Subcommand>> all() {
        var all = new LinkedHashMap<Class<? extends Subcommand>, Function<Environment, Subcommand>>();
        all.put(RunCommand.class, RunCommand::new);
        all.put(SweepCommand.class, SweepCommand::new);
        all.put(ReportCommand.class, ReportCommand::new);
        all.put(CompareCommand.class, CompareCommand::new);
        all.put(PlanCommand.class, PlanCommand::new);
        all.put(JudgeCommand.class, JudgeCommand::new);
        all.put(ShowCommand.class, ShowCommand::new);
        all.put(VerifyCommand.class, VerifyCommand::new);
        all.put(GenerateCommand.class, GenerateCommand::new);
        all.put(GradeCommand.class, GradeCommand::new);
        all.put(StrategiesCommand.class, StrategiesCommand::new);
        all.put(DatasetsCommand.class, DatasetsCommand::new);
        all.put(ModelsCommand.class, ModelsCommand::new);
        all.put(ImportCommand.class, ImportCommand::new);
        all.put(BenchCommand.class, BenchCommand::new);
        all.put(DoctorCommand.class, DoctorCommand::new);
        all.put(CompletionCommand.class, CompletionCommand::new);
        return all;
    }

    /** The command line with every command read whole. */
    static CommandLine whole(Environment environment) {
        var line = new CommandLine(new Main(environment));
        ALL.forEach((type, maker) -> line.addSubcommand(maker.apply(environment)));
        return laidOut(line, environment);
    }

    /** The command line to parse arguments with: whole is the command that the first one names. */
    static CommandLine of(Environment environment, String... args) {
        var line = new CommandLine(new Main(environment));
        ALL.forEach((type, maker) -> {
            var annotation = type.getAnnotation(Command.class);
            if (args.length > 0 && args[0].equals(annotation.name())) {
                line.addSubcommand(maker.apply(environment));
            } else {
                line.addSubcommand(annotation.name(), outline(annotation));
            }
        });
        return laidOut(line, environment);
    }

    private static CommandSpec outline(Command annotation) {
        var outline = CommandSpec.create();
        outline.usageMessage().description(annotation.description());
        return outline;
    }

    private static CommandLine laidOut(CommandLine line, Environment environment) {
        CommandLine.tracer()
                .setLevel(CommandLine.TraceLevel.OFF); // it would warn of every flag that overrides a recipe
        line.registerConverter(Path.class, new PathText());
        line.setOut(environment.out())
                .setErr(environment.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(environment.colours() ? Ansi.ON : Ansi.OFF))
                .setAbbreviatedOptionsAllowed(false)
                .setAbbreviatedSubcommandsAllowed(false)
                .setOverwrittenOptionsAllowed(true) // so that a flag after @recipe.args wins
                .setCaseInsensitiveEnumValuesAllowed(true);
        HelpPage.layOut(line, environment.terminal().columns());
        return line;
    }
}
