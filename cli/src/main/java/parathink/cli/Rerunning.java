package parathink.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.datasets.DatasetException;
import parathink.eval.comparison.Rerun;
import parathink.eval.comparison.Reruns;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.run.Run;
import parathink.eval.run.RunSpec;
import parathink.models.ModelException;
import parathink.strategies.Strategies;
import parathink.strategies.StrategyCatalogue;

/**
 * Runs strategies again with fewer completions, or more, until their spend encloses the one that is wanted. Each run is a directory
 * of its own, so that the same command finds it again, or goes on with it. Used by one thread.
 *
 * @param out folder of the new runs; beside each old one where none is given
 * @param concurrency problems in flight at once
 */
record Rerunning(Environment environment, Optional<Path> out, int concurrency) {
    private static final String BRANCHES = "branches";
    private static final double CLOSE =
            0.05; // of the target, between the run that spends less and the one that spends more
    private static final int MOST = 8; // times as many completions as before, where they are drawn anew

    /** All that would stay away from the common spend; nothing when it was interrupted. */
    Optional<List<Rerun>> all(Reruns reruns) {
        var done = new ArrayList<Rerun>();
        for (var run : reruns.standing()) {
            var spec = spec(run);
            var opened = spec.flatMap(known -> open(run, known));
            if (opened.isPresent()) {
                try (var source = opened.get()) {
                    var search = new Search(run, spec.orElseThrow(), source, reruns);
                    if (!search.enclose()) {
                        tell("interrupted; what was finished is kept, the same command goes on there");
                        return Optional.empty();
                    }
                    done.add(new Rerun(run, search.tried));
                }
            }
        }
        return Optional.of(done);
    }

    /** A plug-in of an earlier run need not be there any more. */
    private Optional<RunSpec> spec(RunDirectory run) {
        try {
            return Optional.of(RunSpec.of(run.run(), new StrategyCatalogue(Strategies.all())));
        } catch (IllegalArgumentException e) {
            tell("%s stays at its own spend: it cannot be run again, %s".formatted(run.path(), e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<RecordedSource> open(RunDirectory run, RunSpec spec) {
        var path = run.path();
        if (!spec.strategySettings().containsKey(BRANCHES)) {
            tell("%s stays at its own spend: %s has no number of completions to change"
                    .formatted(path, spec.strategy()));
            return Optional.empty();
        }
        try {
            return Optional.of(RecordedSource.open(run, environment));
        } catch (ModelException | DatasetException | ResultsException | IllegalArgumentException e) {
            tell("%s stays at its own spend: it cannot be run again, %s".formatted(path, e.getMessage()));
            return Optional.empty();
        }
    }

    private void tell(String sentence) {
        environment.err().println("parathink compare: " + sentence);
    }

    /** One strategy, run with several numbers of completions. */
    private final class Search {
        private final RunDirectory run;
        private final RunSpec spec;
        private final RecordedSource source;
        private final Reruns reruns;
        private final TreeMap<Integer, RunDirectory> tried = new TreeMap<>();
        private final Map<Integer, Double> spends = new HashMap<>();

        Search(RunDirectory run, RunSpec spec, RecordedSource source, Reruns reruns) {
            this.run = run;
            this.spec = spec;
            this.source = source;
            this.reruns = reruns;
            know(own(), run);
        }

        private int own() {
            return Integer.parseInt(spec.strategySettings().get(BRANCHES));
        }

        private void know(int branches, RunDirectory directory) {
            tried.put(branches, directory);
            spends.put(branches, reruns.spend(directory));
        }

        /** Whether it came to an end; it has not when it was interrupted. */
        boolean enclose() {
            int low = 0; // spends too little, or cannot be run
            int high = own();
            if (spends.get(high) < reruns.target()) {
                low = high;
                int most = source.most().orElse(MOST * own());
                while (spends.get(low) < reruns.target() && low < most) {
                    high = Math.min(2 * low, most);
                    if (!solve(high)) {
                        return false;
                    }
                    boolean flat = spends.get(high) < spends.get(low) * (1 + Reruns.NEAR);
                    if (spends.get(high) >= reruns.target() || flat) {
                        break;
                    }
                    low = high;
                }
            }
            return narrow(low, high);
        }

        private boolean narrow(int low, int high) {
            int below = low;
            int above = high;
            while (above - below > 1 && !isClose(below, above)) {
                int middle = (below + above) >>> 1;
                if (isPossible(middle)) {
                    if (!solve(middle)) {
                        return false;
                    }
                    above = spends.get(middle) > reruns.target() ? middle : above;
                    below = above == middle ? below : middle;
                } else {
                    below = middle;
                }
            }
            return true;
        }

        private boolean isClose(int below, int above) {
            return spends.containsKey(below)
                    && spends.get(above) - spends.get(below) <= CLOSE * reruns.target()
                    && spends.get(above) >= reruns.target();
        }

        /** Some settings must be smaller than the number of completions. */
        private boolean isPossible(int branches) {
            try {
                return spec(branches)
                        .objection(
                                source.problems().problems().getFirst().question(),
                                source.engine().dialect())
                        .isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private RunSpec spec(int branches) {
            var settings = new HashMap<>(spec.strategySettings());
            settings.put(BRANCHES, Integer.toString(branches));
            return new RunSpec(
                    spec.model(),
                    spec.dataset(),
                    spec.datasetSettings(),
                    spec.strategy(),
                    settings,
                    spec.sampling(),
                    spec.budget(),
                    spec.repeats(),
                    spec.seed());
        }

        /** Whether it was finished. */
        private boolean solve(int branches) {
            var name =
                    "%s-n%d".formatted(run.path().toAbsolutePath().normalize().getFileName(), branches);
            var folder = out.map(parent -> parent.resolve("reruns").resolve(name))
                    .orElseGet(() -> run.path().toAbsolutePath().normalize().resolveSibling(name));
            tell("%s again with -n %d, into %s".formatted(run.path(), branches, folder));
            try (var interruption = new Interruption();
                    var results = Results.open(folder)) {
                int attempts = source.problems().problems().size() * spec.repeats();
                RunRecord.Status status;
                try (var progress = new Progress(environment, Progress.Tally.of(attempts, results.problems()))) {
                    var again = new Run(
                            spec(branches), source.problems(), results, source.engine(), progress, Clock.systemUTC());
                    interruption.stops(again::stop);
                    status = again.execute(concurrency, Version.read().program());
                }
                if (status == RunRecord.Status.INTERRUPTED) {
                    return false;
                }
            }
            know(branches, RunDirectory.read(folder));
            return true;
        }
    }
}
