package parathink.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import parathink.datasets.Dataset;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.run.Run;
import parathink.eval.run.RunSpec;

/**
 * A short run that is made to see what its problems take, in a temporary folder that closing removes. Opened, used and closed by
 * one thread.
 */
final class PilotRun implements AutoCloseable {
    private final Path folder;

    /** Makes the folder; nothing runs yet. */
    PilotRun() {
        try {
            folder = Files.createTempDirectory("parathink-pilot");
        } catch (IOException e) {
            throw new UncheckedIOException("a pilot needs a temporary folder", e);
        }
    }

    /** Some of the problems, drawn by lot and in their order: the first ones of a dataset are often the easiest. */
    static Dataset some(Dataset all, int number, long seed) {
        var places = new ArrayList<Integer>();
        for (int i = 0; i < all.problems().size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed));
        var chosen = places.subList(0, Math.min(number, places.size())).stream()
                .sorted()
                .map(place -> all.problems().get(place))
                .toList();
        return new Dataset(all.name(), chosen, List.of(), all.fingerprint());
    }

    /** Solves the problems; the state tells whether it was interrupted. */
    RunRecord.Status solve(
            RunSpec spec,
            Dataset problems,
            Source source,
            int concurrency,
            Interruption interruption,
            Environment terminal) {
        try (var results = Results.open(folder);
                var progress = new Progress(
                        terminal, Progress.Tally.of(problems.problems().size(), List.of()))) {
            var run = new Run(spec, problems, results, source.engine(), progress, Clock.systemUTC());
            interruption.stops(run::stop);
            return run.execute(concurrency, Version.read().program());
        }
    }

    /** What it took. */
    RunDirectory directory() {
        return RunDirectory.read(folder);
    }

    @Override
    public void close() {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the pilot's folder cannot be removed: " + folder, e);
        }
    }
}
