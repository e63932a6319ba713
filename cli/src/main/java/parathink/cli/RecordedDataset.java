package parathink.cli;

import java.nio.file.Path;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetRequest;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.pool.PoolDataset;
import parathink.eval.run.RunSpec;

/** The very problems that a run was given. */
record RecordedDataset(RunDirectory directory, RunSpec spec, Path data, Path folder) {
    /**
     * Loads them again.
     *
     * @throws ResultsException when they have changed since
     */
    Dataset load() {
        var recorded = directory.run().hashes().get("data");
        var whole = load(Integer.MAX_VALUE);
        if (whole.fingerprint().equals(recorded)) {
            return whole;
        }
        // The fingerprint of generated problems is that of the first ones, when only those were asked for.
        var first = load(directory.run().problems());
        if (first.fingerprint().equals(recorded)) {
            return first;
        }
        throw new ResultsException(
                "%s: dataset %s has changed since (fingerprint %s, now %s); the model cannot be asked again"
                        .formatted(directory.path(), spec.dataset(), recorded, first.fingerprint()));
    }

    private Dataset load(int limit) {
        return PoolDataset.load(spec.dataset(), new DatasetRequest(spec.datasetSettings(), limit, data), folder);
    }
}
