package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.FinishCounts;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.TimingLine;
import parathink.eval.directory.VoteCount;
import parathink.models.Confidence;
import parathink.models.ModelSize;
import parathink.models.Usage;

/** A run directory written line by line, of problems with the reference {@code 1}. Used by one thread. */
final class MadeRun implements AutoCloseable {
    static final ModelSize SIZE = new ModelSize(1000, 2, 8, 4, 16);

    private final Path folder;
    private final Results results;
    private final String strategy;
    private int problems;
    private int repeats = 1;
    private int branches;

    MadeRun(Path folder, String strategy) {
        this.folder = folder;
        this.strategy = strategy;
        this.results = Results.open(folder);
    }

    /** An attempt whose branches gave these answers, an empty one for none, with so many tokens each. */
    MadeRun attempt(String id, int repeat, String answer, List<String> branches, int... tokens) {
        this.branches = Math.max(this.branches, branches.size());
        long work = 0;
        long span = 0;
        var finish = new ArrayList<Finish>();
        for (int i = 0; i < branches.size(); i++) {
            var given = Optional.of(branches.get(i)).filter(text -> !text.isEmpty());
            finish.add(Finish.STOP);
            work += tokens[i];
            span = Math.max(span, tokens[i]);
            results.append(branch(id, repeat, "0/" + i, given, tokens[i]));
        }
        results.append(new ProblemLine(
                id,
                repeat,
                ProblemLine.Status.ANSWERED,
                Optional.of(answer),
                Optional.of("1"),
                Optional.of(answer.equals("1")),
                branches.contains("1"),
                List.of(new VoteCount(answer, 1, 1)),
                new Usage(10, 0, work, span, 0, 0, branches.size()),
                FinishCounts.of(finish),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                Optional.of("what is " + id + "?"),
                Optional.empty()));
        results.append(new TimingLine(id, repeat, Instant.EPOCH, 0.5, work));
        problems += repeat == 0 ? 1 : 0;
        repeats = Math.max(repeats, repeat + 1);
        return this;
    }

    /** A completion of a prompt of its own beside an attempt's branches. */
    MadeRun beside(String id, int repeat, String path) {
        results.append(branch(id, repeat, path, Optional.empty(), 1));
        return this;
    }

    private static CompletionLine branch(String id, int repeat, String path, Optional<String> answer, int tokens) {
        return new CompletionLine(
                id,
                repeat,
                path,
                "branch",
                0,
                "a text",
                tokens,
                Finish.STOP,
                answer,
                answer.map("1"::equals),
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Ends the run and reads it. */
    RunDirectory read() {
        return read(problems);
    }

    /** Ends the run, of which so many problems were planned, and reads it. */
    RunDirectory read(int planned) {
        var settings = JsonNodeFactory.instance.objectNode();
        settings.putNull("budget");
        settings.putObject("sampling").put("temperature", strategy.equals("greedy") ? 0 : 0.7);
        settings.putObject("strategy").put("abstain", "0").put("branches", branches);
        results.writeRun(new RunRecord(
                planned == problems ? RunRecord.Status.COMPLETE : RunRecord.Status.INTERRUPTED,
                "made",
                "sums",
                strategy,
                planned,
                repeats,
                7,
                settings,
                "cpu",
                Optional.empty(),
                Map.of("parathink", "0.1.0"),
                Map.of("model", "none"),
                Optional.of(SIZE)));
        close();
        return RunDirectory.read(folder);
    }

    @Override
    public void close() {
        results.close();
    }
}
