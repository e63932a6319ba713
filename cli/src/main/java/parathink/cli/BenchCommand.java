package parathink.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.eval.bench.BaselineProcess;
import parathink.eval.bench.Bench;
import parathink.eval.bench.BenchReport;
import parathink.eval.bench.BenchReport.Side;
import parathink.eval.bench.BenchSetting;
import parathink.eval.bench.BenchShape;
import parathink.eval.bench.Contestant;
import parathink.eval.bench.EngineContestant;
import parathink.eval.bench.PeakMemory;
import parathink.models.Engine;
import parathink.models.SamplingParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the speed of a model of this process. */
@Command(
        name = "bench",
        description = {
            "Measure tokens a second by number of rows and length of prompt, through the engine that strategies use: draws,",
            "log-probabilities and the bill included. Other engines take turns with it and are compared round by round."
        },
        footer = {
            "  parathink bench --rows 1,8 --context 64 --tokens 32 --rounds 2",
            "  parathink bench --model models/smollm2 --mode fast --against llama.cpp --out runs/bench"
        })
final class BenchCommand implements Subcommand {
    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin(name = "Model")
    private ModelOptions model;

    @Option(
            names = {"--rows", "--batch"},
            paramLabel = "N",
            split = ",",
            converter = Numbers.Positive.class,
            defaultValue = "1,8,32",
            description = "Rows decoded side by side (default: ${DEFAULT-VALUE}).")
    private List<Integer> rows = List.of();

    @Option(
            names = "--context",
            paramLabel = "N",
            split = ",",
            converter = Numbers.Positive.class,
            defaultValue = "128",
            description = "Tokens of each row's prompt (default: ${DEFAULT-VALUE}).")
    private List<Integer> contexts = List.of();

    @Option(
            names = "--tokens",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "128",
            description = "Tokens that each row decodes (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "5",
            description = "Rounds, after one that is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--branches",
            description = "Let all rows be branches of one prompt, read once, not prompts of their own.")
    private boolean branches;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            converter = Numbers.Temperature.class,
            defaultValue = "0.6",
            description = "Divisor of the logits in draws; 0 is greedy (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            converter = Numbers.PositiveShare.class,
            defaultValue = "1",
            description = "Keep the most probable tokens that together reach this share (default: ${DEFAULT-VALUE}).")
    private double topP;

    @Mixin(name = "Baselines")
    private BaselineOptions baselines;

    @Option(names = "--out", paramLabel = "DIR", description = "Write bench.html and bench.json into this folder.")
    private Optional<Path> out = Optional.empty();

    @Mixin(name = "General")
    private CommonOptions common;

    BenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        refuseUnread();
        int threads = model.runtime().threads(environment);
        var others = baselines.commands(environment, model.model(), threads); // refused before anything slow starts
        long begun = System.nanoTime();
        var contestants = new ArrayList<Contestant>();
        var engine = model.openEndless(environment);
        try {
            contestants.add(new EngineContestant(
                    "parathink",
                    engine,
                    new SamplingParams(temperature, 0, topP, 0, tokens),
                    branches,
                    System::nanoTime,
                    begun,
                    PeakMemory.ofThisProcess()));
            var shapes = shapes(engine);
            for (var command : others) {
                environment.err().printf("parathink bench: starting %s%n", command.label());
                contestants.add(BaselineProcess.start(command.label(), command.words()));
            }
            var results = new Bench(contestants, shapes, rounds)
                    .run(line -> environment.err().println("parathink bench: " + line));
            var provenance = engine.provenance();
            print(new BenchReport(
                    "%s, %s".formatted(model.model(), provenance.device()),
                    provenance.size(),
                    new BenchSetting(threads, branches, temperature, topP),
                    contestants.stream().map(Side::of).toList(),
                    results));
        } finally {
            if (contestants.isEmpty()) {
                engine.close();
            }
            contestants.forEach(Contestant::close);
        }
        return ExitCode.DONE;
    }

    /** Refuses what was typed and would decide nothing, or would make figures that cannot be compared. */
    private void refuseUnread() {
        var given = command.commandLine().getParseResult();
        for (var option : List.of("--thinking", "--template-option")) {
            if (given.hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        option + " is for chat templates, and prompts are measured without one; leave it out");
            }
        }
        if (baselines.isEmpty()) {
            for (var option : List.of("--python", "--baselines")) {
                if (given.hasMatchedOption(option)) {
                    throw new IllegalArgumentException(option + " is for --against; give that, or leave it out");
                }
            }
        } else if (branches) {
            throw new IllegalArgumentException(
                    "--branches: other engines read a prompt a row, which is no comparison; leave out --branches or --against");
        }
    }

    private List<BenchShape> shapes(Engine engine) {
        var shapes = new ArrayList<BenchShape>();
        for (int context : contexts) {
            for (int count : rows) {
                var shape = new BenchShape(count, context, tokens);
                int most = engine.context().orElse(Integer.MAX_VALUE);
                if (shape.length() > most) {
                    throw new IllegalArgumentException(
                            "--context %d: with --tokens %d a row has %d tokens, and the model's context is %d"
                                    .formatted(context, tokens, shape.length(), most));
                }
                shapes.add(shape);
            }
        }
        return shapes;
    }

    private void print(BenchReport report) {
        if (common.json) {
            environment.out().println(Json.line(report.json()));
        } else {
            environment.out().print(report.terminal());
            environment.out().flush();
        }
        out.map(environment.folder()::resolve).ifPresent(folder -> {
            report.writeTo(folder);
            environment.err().printf("parathink bench: page in %s%n", folder.resolve("bench.html"));
        });
    }
}
