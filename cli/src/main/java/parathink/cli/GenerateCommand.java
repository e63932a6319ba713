package parathink.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.eval.text.Terminal;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.TemplateText;
import parathink.models.onnx.EmbeddedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts one prompt through a model. */
@Command(
        name = "generate",
        description = "Put one prompt through a model, once or many times from one prefill.",
        footer = {
            "  parathink generate --prompt \"Use 15, 2, 16 to make 33.\"",
            "  parathink generate --prompt \"Use 15, 2, 16 to make 33.\" -n 4 --temperature 1 --json",
            "  parathink generate --prompt \"Use 15, 2, 16 to make 33.\" --dry-run"
        })
final class GenerateCommand implements Subcommand {
    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "The prompt.")
    private Optional<String> prompt = Optional.empty();

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A file that has the prompt, in UTF-8.")
    private Optional<Path> promptFile = Optional.empty();

    @Option(
            names = "--raw",
            description = "Give the prompt to the model as it stands, not as a user's message in its chat template.")
    private boolean raw;

    @Option(
            names = {"-n", "--branches"},
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "1",
            description = "Completions to draw (default: ${DEFAULT-VALUE}).")
    private int branches;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description = "Names every random draw (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--dry-run",
            description =
                    "Show the prompt as the model would see it, how many tokens that is and its chat template; draw nothing.")
    private boolean dryRun;

    @Mixin(name = "Model")
    private ModelOptions model;

    @Mixin(name = "Sampling")
    private SamplingOptions sampling;

    @Mixin(name = "General")
    private CommonOptions common;

    GenerateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() throws IOException {
        var text = text();
        var asked = raw ? Prompt.raw(text) : Prompt.user(text);
        if (model.model().equals(EmbeddedModel.NAME) && text.chars().anyMatch(c -> c != '\n' && (c < ' ' || c > '~'))) {
            environment
                    .err()
                    .printf(
                            "parathink generate: %s knows printable ASCII alone, and the prompt has other characters%n",
                            EmbeddedModel.NAME);
        }
        try (var engine = model.open(environment)) {
            if (dryRun) {
                show(engine, asked);
                return ExitCode.DONE;
            }
            var completions = complete(engine, asked);
            for (int i = 0; i < completions.size(); i++) {
                print(engine.render(asked), completions.get(i), i);
            }
        }
        return ExitCode.DONE;
    }

    private void show(Engine engine, Prompt asked) {
        var rendered = engine.render(asked);
        var template = raw ? Optional.<TemplateText>empty() : engine.template();
        if (common.json) {
            var json = Json.object();
            json.put("prompt", rendered);
            json.put("tokens", engine.tokens(rendered).length);
            template.ifPresentOrElse(
                    known -> {
                        var described = json.putObject("chat_template");
                        described.put("file", known.file());
                        described.put("sha256", known.hash());
                        known.options().forEach(described.putObject("options")::put);
                        described.put("text", known.text());
                    },
                    () -> json.putNull("chat_template"));
            environment.out().println(Json.line(json));
            return;
        }
        environment
                .err()
                .printf(
                        "parathink generate: %d tokens; %s%n",
                        engine.tokens(rendered).length,
                        template.map(known -> "the chat template of %s (SHA-256 %s)%s"
                                        .formatted(
                                                known.file(),
                                                known.hash(),
                                                known.options().isEmpty()
                                                        ? ""
                                                        : " with " + TemplateOptions.typed(known.options())))
                                .orElse(raw ? "as it stands" : "a form that is built in"));
        environment.out().println(shown(rendered));
    }

    /** As it is into a file or a pipe; a terminal would obey the escapes in it. */
    private String shown(String text) {
        return environment.terminal().showsOut()
                ? text.lines().map(Terminal::printable).collect(Collectors.joining("\n"))
                : text;
    }

    private List<Completion> complete(Engine engine, Prompt asked) {
        try (var session = engine.open("prompt", Budget.UNLIMITED, Seed.of(seed), Journal.NONE)) {
            var trunk = session.start(asked, sampling.over(engine));
            return session.decodeAll(branches == 1 ? List.of(trunk) : trunk.fork(branches), StopRule.NONE);
        }
    }

    private void print(String rendered, Completion completion, int index) {
        if (common.json) {
            var json = Json.object();
            json.put("prompt", rendered);
            json.put("text", completion.text());
            json.put("tokens", completion.tokens());
            json.put("finish", completion.finish().word());
            completion.logprob().ifPresentOrElse(mean -> json.put("logprob", mean), () -> json.putNull("logprob"));
            environment.out().println(Json.line(json));
            return;
        }
        if (branches > 1) {
            environment
                    .out()
                    .printf(
                            "%s--- %d of %d: %d tokens, %s%n",
                            index == 0 ? "" : "\n",
                            index + 1,
                            branches,
                            completion.tokens(),
                            completion.finish().word());
        }
        environment.out().println(shown(completion.text()));
    }

    private String text() throws IOException {
        if (prompt.isPresent() == promptFile.isPresent()) {
            throw new ParameterException(command.commandLine(), "give one of --prompt and --prompt-file");
        }
        var text = prompt.isPresent() ? prompt.get() : read(environment.folder().resolve(promptFile.get()));
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the prompt is empty; give at least one character");
        }
        return text;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + ": is not UTF-8", e);
        }
    }
}
