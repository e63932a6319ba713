package parathink.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "generate-completion",
        description = "Print a script that makes bash or zsh complete commands and options.",
        footer = "  parathink generate-completion > ~/.parathink-completion; . ~/.parathink-completion")
final class CompletionCommand implements Subcommand {
    private final Environment environment;

    @Mixin(name = "General")
    private CommonOptions common;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var script = AutoComplete.bash("parathink", Commands.whole(environment));
        environment.out().print(common.json ? Json.line(Map.of("script", script)) + "\n" : script);
        return ExitCode.DONE;
    }
}
