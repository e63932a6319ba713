package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the limit on tokens may have cost: accuracy under every way to count completions that it cut off. The first and the last
 * bound every other that keeps all problems, whatever the completions would have said (bounds without assumptions: Manski,
 * 1990).
 *
 * @param completions branches, of attempts that can be graded
 * @param cut those that a limit ended
 * @param forced those that were made to answer afterwards; the others that were cut give no answer under that treatment
 * @param forcedPrefill tokens computed for that, which are on no problem's bill
 * @param forcedWork tokens decoded for that
 * @param treatments the ways, in the order of {@link Treatment}; those that cannot be computed are missing
 */
public record TruncationBounds(
        int completions, int cut, int forced, long forcedPrefill, long forcedWork, List<Row> treatments) {

    /** How a completion that was cut off is counted. */
    public enum Treatment {
        WORST("against", "gives the most frequent wrong answer"),
        WRONG("wrong", "gives no answer"),
        AS_RUN("as in the run", "gives the answer found in what there is of it"),
        FORCED("made to answer", "gives the answer of its forced continuation"),
        LEFT_OUT("left out", "was never drawn"),
        RIGHT("right", "gives the most frequent right answer");

        private final String label;
        private final String meaning;

        Treatment(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }

        /** The words shown. */
        public String label() {
            return label;
        }

        /** What a completion that was cut off does under this treatment. */
        public String meaning() {
            return meaning;
        }
    }

    /**
     * Accuracy under one treatment.
     *
     * @param single of one completion: mean over attempts, then over problems
     * @param plurality of the vote of all branches, ties shared equally
     * @param problems that count; with {@code LEFT_OUT} those with no completion left do not
     */
    public record Row(Treatment treatment, Estimate single, Estimate plurality, int problems) {}

    public TruncationBounds {
        treatments = List.copyOf(treatments);
    }

    /** Empty when no attempt that can be graded drew branches. */
    public static Optional<TruncationBounds> of(List<Trial> trials, Intervals intervals) {
        var graded = trials.stream()
                .filter(trial -> trial.isGraded() && !trial.branches().isEmpty())
                .toList();
        if (graded.isEmpty()) {
            return Optional.empty();
        }
        var branches =
                graded.stream().flatMap(trial -> trial.branches().stream()).toList();
        int cut = (int) branches.stream().filter(Draw::isCutOff).count();
        var forced = branches.stream()
                .filter(Draw::isCutOff)
                .flatMap(draw -> draw.forced().stream())
                .toList();
        var rows = new ArrayList<Row>();
        for (var treatment : Treatment.values()) {
            if (treatment != Treatment.FORCED || !forced.isEmpty()) {
                row(graded, treatment, intervals).ifPresent(rows::add);
            }
        }
        return Optional.of(new TruncationBounds(
                branches.size(),
                cut,
                forced.size(),
                forced.stream().mapToLong(Draw.Forced::prefill).sum(),
                forced.stream().mapToLong(Draw.Forced::tokens).sum(),
                rows));
    }

    private static Optional<Row> row(List<Trial> trials, Treatment treatment, Intervals intervals) {
        var problems = new ProblemMeans(2);
        for (var trial : trials) {
            var votes = trial.branches().stream()
                    .filter(draw -> treatment != Treatment.LEFT_OUT || !draw.isCutOff())
                    .map(draw -> vote(draw, treatment))
                    .toList();
            if (!votes.isEmpty()) {
                double single = votes.stream().filter(Ballot.Vote::right).count() / (double) votes.size();
                problems.add(trial.problem(), single, Ballot.of(votes).credit());
            }
        }
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        var estimates = problems.estimates(intervals);
        return Optional.of(new Row(treatment, estimates[0], estimates[1], problems.size()));
    }

    private static Ballot.Vote vote(Draw draw, Treatment treatment) {
        var asRun = Ballot.Vote.of(draw.answer(), draw.right());
        if (!draw.isCutOff()) {
            return asRun;
        }
        return switch (treatment) {
            case WORST -> Ballot.Vote.WRONG;
            case WRONG, LEFT_OUT -> Ballot.Vote.NONE;
            case AS_RUN -> asRun;
            case FORCED ->
                draw.forced()
                        .map(forced -> Ballot.Vote.of(forced.answer(), forced.right()))
                        .orElse(Ballot.Vote.NONE);
            case RIGHT -> Ballot.Vote.RIGHT;
        };
    }
}
