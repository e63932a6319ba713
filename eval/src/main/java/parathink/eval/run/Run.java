package parathink.eval.run;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RecordedTemplate;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.TimingLine;
import parathink.models.Engine;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.strategies.Strategy;

/**
 * Every problem of a dataset through one strategy, into a run directory: one line a problem and repeat, one a completion. A
 * run on a directory that holds a part of it goes on where that stopped, down to the single completion. {@link #execute} is
 * called once, by one thread; {@link #stop} by any.
 */
public final class Run {
    private final RunSpec spec;
    private final Dataset dataset;
    private final Strategy strategy;
    private final Results results;
    private final Engine engine;
    private final RunListener listener;
    private final Clock clock;
    private final List<Future<?>> attempts = new ArrayList<>();
    private Throwable failure; // the first that no line of a problem can hold; guarded by attempts
    private volatile boolean stopping;
    private volatile boolean halting; // begins nothing more; what is in flight comes to its end

    /**
     * Prepares a run.
     *
     * @param results the run directory, which the caller opened and closes
     * @param engine the engine, which the caller opened and closes
     * @throws IllegalArgumentException when the strategy cannot work on these problems
     */
    public Run(RunSpec spec, Dataset dataset, Results results, Engine engine, RunListener listener, Clock clock) {
        this.spec = spec;
        this.dataset = dataset;
        this.strategy = spec.solver();
        this.results = results;
        this.engine = engine;
        this.listener = listener;
        this.clock = clock;
        strategy.objection(dataset.problems().getFirst().question(), engine.dialect())
                .ifPresent(objection -> {
                    throw new IllegalArgumentException(objection);
                });
    }

    /**
     * What {@code run.json} will say.
     *
     * @param program versions of this program by name, its commit under {@code commit}
     */
    public RunRecord record(Map<String, String> program) {
        var ids = dataset.problems().stream().map(Problem::id).toList();
        return spec.record(
                ids,
                dataset.fingerprint(),
                engine.provenance(),
                engine.dialect().templates(),
                template(),
                program);
    }

    /** With the prompt that most strategies begin with. */
    private Optional<RecordedTemplate> template() {
        var first = dataset.problems().getFirst().question();
        return engine.template()
                .map(text ->
                        new RecordedTemplate(text, engine.render(Prompt.user(first.asked(), first.instruction()))));
    }

    /**
     * Solves what is not solved yet.
     *
     * @param concurrency problems in flight at once, at least 1; it changes no result
     * @return the state the run is left in: complete, or interrupted
     * @throws ResultsException when the directory holds another run, or cannot be written
     */
    public RunRecord.Status execute(int concurrency, Map<String, String> program) {
        var record = record(program);
        var before = results.run();
        before.ifPresent(earlier -> RunDifference.refuse(earlier, record, results.directory()));
        if (before.isPresent()
                && before.get().status() == RunRecord.Status.COMPLETE
                && done().size() == record.attempts()) {
            return RunRecord.Status.COMPLETE; // what is there was made by the program that run.json names
        }
        results.writeRun(record);
        try {
            solveAll(concurrency);
        } catch (RuntimeException e) {
            try {
                results.writeRun(record.with(RunRecord.Status.INTERRUPTED));
            } catch (ResultsException again) {
                e.addSuppressed(again); // the disk that is full is full for this too; what came first says more
            }
            throw e;
        }
        var status = stopping ? RunRecord.Status.INTERRUPTED : RunRecord.Status.COMPLETE;
        if (status == RunRecord.Status.COMPLETE) {
            results.order(dataset.problems().stream().map(Problem::id).toList());
        }
        results.writeRun(record.with(status));
        return status;
    }

    /** Ends the run in good order: finished completions are kept, those in flight are lost. Returns at once. */
    public void stop() {
        stopping = true;
        synchronized (attempts) {
            attempts.forEach(attempt -> attempt.cancel(true));
        }
    }

    /** The attempts that need no further work; one that ended in an error is tried again, as that may have been of its moment. */
    private Set<Attempt> done() {
        var done = new HashSet<Attempt>();
        results.problems().stream()
                .filter(line -> line.status() != ProblemLine.Status.ERROR)
                .forEach(line -> done.add(line.attempt()));
        return done;
    }

    private void solveAll(int concurrency) {
        var done = done();
        var unfinished = results.unfinished();
        var places = new Semaphore(concurrency);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var problem : dataset.problems()) {
                for (int repeat = 0; repeat < spec.repeats() && !isEnding(); repeat++) {
                    var attempt = new Attempt(problem.id(), repeat);
                    if (!done.contains(attempt)) {
                        places.acquireUninterruptibly();
                        if (isEnding()) {
                            break;
                        }
                        var earlier = unfinished.getOrDefault(attempt, List.of());
                        begin(
                                () -> {
                                    try {
                                        solve(problem, attempt, earlier);
                                    } catch (RuntimeException | Error e) {
                                        failed(e);
                                    } finally {
                                        places.release();
                                    }
                                },
                                threads::submit);
                    }
                }
            }
        }
        rethrow();
    }

    private void begin(Runnable attempt, Function<Runnable, Future<?>> submit) {
        synchronized (attempts) {
            var future = submit.apply(attempt);
            attempts.add(future);
            if (stopping) {
                future.cancel(true);
            }
        }
    }

    private boolean isEnding() {
        return stopping || halting;
    }

    /**
     * A problem that fails is a line; what gets this far is a directory that cannot be written, or a bug of ours, and ends all;
     * or a server that no request would fare better with: other attempts keep what is in flight, which has been paid for.
     */
    private void failed(Throwable reason) {
        synchronized (attempts) {
            if (failure == null) {
                failure = reason;
            }
        }
        if (reason instanceof ModelException model && model.kind() == ModelException.Kind.HALTED) {
            halting = true;
        } else {
            stop();
        }
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException reason -> throw reason;
            case Error reason -> throw reason;
            default -> throw new IllegalStateException("an attempt failed", failure);
        }
    }

    private void solve(Problem problem, Attempt attempt, List<CompletionLine> earlier) {
        var started = clock.instant();
        var solving = new Solving(spec, problem, attempt, results, earlier, () -> stopping);
        solving.solve(strategy, engine).ifPresent(line -> {
            double seconds = Duration.between(started, clock.instant()).toNanos() / 1e9;
            long tokens = solving.decoded();
            results.append(new TimingLine(attempt.problem(), attempt.repeat(), started, seconds, tokens));
            synchronized (listener) {
                listener.ended(line, seconds, tokens);
            }
        });
    }
}
