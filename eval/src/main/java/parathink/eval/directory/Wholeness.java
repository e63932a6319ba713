package parathink.eval.directory;

/** That a run which says it is complete has every line it must have: each problem's line counts its completions. */
final class Wholeness {
    private Wholeness() {}

    /**
     * Refuses a finished run whose files were cut since. More completions than are counted are no fault: an attempt that failed
     * and was tried again leaves those of both.
     *
     * @throws ResultsException saying how many lines are missing in which file
     */
    static void require(RunDirectory directory) {
        var run = directory.run();
        if (run.status() != RunRecord.Status.COMPLETE) {
            return;
        }
        var problems = directory.problems();
        if (problems.size() < run.attempts()) {
            throw missing(directory, Results.PROBLEMS, run.attempts() - problems.size(), run.attempts(), "attempts");
        }
        long counted = 0;
        long missing = 0;
        for (var problem : problems) {
            int there = directory.draws(problem.attempt()).size();
            counted += problem.finish().total();
            missing += Math.max(0, problem.finish().total() - there);
        }
        if (missing > 0) {
            throw missing(directory, Results.COMPLETIONS, missing, counted, "completions");
        }
    }

    private static ResultsException missing(RunDirectory directory, String file, long missing, long all, String what) {
        return new ResultsException(
                "%s: %d of %d %s are missing, though the run is complete; restore the file, or run again into another folder"
                        .formatted(directory.path().resolve(file), missing, all, what));
    }
}
