package parathink.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.eval.judging.JudgeEvaluation;
import parathink.eval.judging.JudgeFigures;
import parathink.eval.pool.PoolDataset;
import parathink.models.Engine;
import parathink.models.JudgedEngine;
import parathink.models.endpoint.EndpointAddress;
import parathink.models.onnx.Device;
import parathink.models.replay.Pool;
import parathink.models.replay.ReplayEngine;
import parathink.strategies.Cut;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.JudgeKind;
import parathink.strategies.judges.LexicalJudge;
import parathink.strategies.judges.ModelJudge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a judge of unfinished completions on a pool, or fits one. */
@Command(
        name = "judge",
        description = {
            "Ask a judge about pairs of a pool's completions, cut off early, and compare with what became of them.",
            "AUROC over all pairs and within problems, true negatives where a fifth of the same pairs is lost, calibration."
        },
        footer = {
            "  parathink judge pool.jsonl.gz --judge lexical --cut words=15,25,35,tokens=500",
            "  parathink judge runs/first --judge mini12 --cut share=0.25,0.5 --pairs 20",
            "  parathink judge pool.jsonl.gz --cut words=25 --fit coefficients.tsv --folds 5"
        })
final class JudgeCommand implements Subcommand {
    private static final String EVERY_PAIR = "1000000";

    private final Environment environment;

    @Parameters(paramLabel = "POOL", description = "A run directory, or a file with a completion a line.")
    private Path path;

    @Mixin(name = "Problems")
    private DatasetOptions dataset;

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            defaultValue = "lexical",
            description =
                    "lexical, or a model: a name of 'parathink models', a folder, an .onnx file or a server's address (default: ${DEFAULT-VALUE}).")
    private String judge = "lexical";

    @Option(
            names = "--judge-prompts",
            paramLabel = "FILE",
            description = "How a model is asked: a YAML file, or chatml; see 'parathink run --help'.")
    private Optional<String> prompts = Optional.empty();

    @Option(
            names = "--coefficients",
            paramLabel = "FILE",
            description = "Those of the lexical judge, as --fit writes them (default: the built-in ones).")
    private Optional<Path> coefficients = Optional.empty();

    @Option(
            names = "--cut",
            paramLabel = "CUT,...",
            split = ",",
            defaultValue = "words=25",
            description =
                    "Where texts are cut off: words=N, tokens=N, share=S, chunks=N; further numbers are of the same kind"
                            + " (default: ${DEFAULT-VALUE}).")
    private List<String> cuts = List.of("words=25");

    @Option(
            names = "--pairs",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = EVERY_PAIR,
            description = "Pairs a problem at most, chosen by --seed (default: all).")
    private int pairs = Integer.parseInt(EVERY_PAIR);

    @Option(
            names = "--fit",
            paramLabel = "FILE",
            description = "Fit the lexical judge on these problems and write its coefficients.")
    private Optional<Path> fit = Optional.empty();

    @Option(
            names = "--folds",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Show figures of lexical judges fitted without the problem at hand, in so many parts.")
    private Optional<Integer> folds = Optional.empty();

    @Option(
            names = "--ridge",
            paramLabel = "X",
            defaultValue = "1",
            description = "Penalty of the fit, in problems, above 0 (default: ${DEFAULT-VALUE}).")
    private double ridge = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description = "Chooses pairs and names the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin(name = "Server")
    private EndpointOptions server;

    @Mixin(name = "Runtime")
    private RuntimeOptions runtime;

    @Mixin(name = "General")
    private CommonOptions common;

    JudgeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        boolean lexical = judge.equals(JudgeKind.LEXICAL.word());
        if (!lexical && (coefficients.isPresent() || fit.isPresent() || folds.isPresent())) {
            throw new IllegalArgumentException(
                    "--coefficients, --fit and --folds are for --judge lexical, not '%s'".formatted(judge));
        }
        if (lexical && prompts.isPresent()) {
            throw new IllegalArgumentException("--judge-prompts: the lexical judge is asked nothing; leave it out");
        }
        if (coefficients.isPresent() && folds.isPresent()) {
            throw new IllegalArgumentException("--folds fits coefficients of its own; leave --coefficients out");
        }
        var places = places();
        try (var pool = Pool.open(environment.folder().resolve(path))) {
            pool.remarks().forEach(remark -> environment.err().println("parathink judge: " + remark));
            var problems = dataset.isGiven() ? dataset.load(environment) : dataset.load(pool, environment);
            try (Engine engine = engine(new ReplayEngine(pool, PoolDataset.prompts(problems, pool)), lexical)) {
                print(figures(new JudgeEvaluation(problems.problems(), pool, engine, places, pairs, seed)));
            }
        }
        return ExitCode.DONE;
    }

    /** On the pool, with the judge's model. */
    private Engine engine(ReplayEngine replay, boolean lexical) {
        if (lexical) {
            return replay;
        }
        var asked = JudgeOptions.templates(prompts, environment);
        if (EndpointAddress.isOne(judge)) {
            return new JudgedEngine(replay, server.openJudge(judge, Optional.empty(), environment, asked));
        }
        var settings = runtime.settings(environment, Device.CPU);
        return new JudgedEngine(
                replay,
                ModelOptions.open("--judge", judge, Optional.empty(), settings, environment, asked, Map.of(), 0));
    }

    private List<JudgeFigures> figures(JudgeEvaluation evaluation) {
        // what can be refused is refused before anything is written
        var unseen = folds.map(parts -> evaluation.crossValidated(parts, ridge));
        if (fit.isPresent()) {
            write(evaluation.fit(ridge), environment.folder().resolve(fit.get()));
        }
        return unseen.orElseGet(() -> evaluation.of(judge()));
    }

    private Judge judge() {
        if (!judge.equals(JudgeKind.LEXICAL.word())) {
            return new ModelJudge();
        }
        return fit.or(() -> coefficients)
                .map(file -> LexicalJudge.read(environment.folder().resolve(file)))
                .orElseGet(LexicalJudge::builtIn);
    }

    private static void write(LexicalJudge fitted, Path file) {
        try {
            Files.writeString(file, fitted.lines());
        } catch (IOException e) {
            throw new IllegalArgumentException("--fit %s: cannot be written; choose another file".formatted(file), e);
        }
    }

    /** A number by itself is of the kind before it. */
    private List<Cut> places() {
        var places = new ArrayList<Cut>();
        var kind = "";
        for (var typed : cuts) {
            var text = typed.contains("=") ? typed : kind + typed;
            try {
                places.add(Cut.read(text, Cut.REASONING_WORDS));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--cut: " + e.getMessage(), e);
            }
            kind = text.substring(0, text.indexOf('=') + 1);
        }
        return places;
    }

    private void print(List<JudgeFigures> figures) {
        if (common.json) {
            figures.forEach(line -> environment.out().println(Json.line(line.toJson())));
        } else {
            environment
                    .out()
                    .print(new JudgeText(figures, environment.terminal().columns()).text());
            environment.out().flush();
        }
    }
}
