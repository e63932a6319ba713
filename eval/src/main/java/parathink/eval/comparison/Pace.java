package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.TimingLine;

/**
 * How fast a model decodes, from the attempts that a run clocked: a step of all branches in flight takes a time of its own, and each
 * token in it adds one. So an attempt takes {@code step * span + token * tokens decoded by all meanwhile}; both are fitted by least squares
 * over the attempts, neither below zero. Immutable.
 *
 * @param step seconds of a step, however many branches are in it
 * @param token seconds that a token adds
 * @param span steps of an attempt, on average
 * @param longest steps of the longest attempt
 * @param work tokens of an attempt, on average
 */
public record Pace(double step, double token, double span, double longest, double work) {
    private static final int FEWEST = 2;

    /** One attempt on the clock. */
    record Clocked(double begin, double seconds, double span, double tokens) {
        double end() {
            return begin + seconds;
        }
    }

    /** Nothing where fewer than two attempts were clocked from end to end. */
    static Optional<Pace> of(RunDirectory pilot) {
        var times = new HashMap<Attempt, TimingLine>();
        pilot.timing().forEach(line -> times.put(new Attempt(line.problem(), line.repeat()), line));
        var clocked = new ArrayList<Clocked>();
        for (var line : pilot.problems()) {
            var time = Optional.ofNullable(times.get(line.attempt()));
            boolean whole = time.isPresent()
                    && line.status() != ProblemLine.Status.ERROR
                    && time.get().tokens() >= line.usage().work()
                    && time.get().seconds() > 0;
            if (whole) {
                double begin = time.get().started().toEpochMilli() / 1000.0;
                clocked.add(new Clocked(
                        begin,
                        time.get().seconds(),
                        line.usage().span(),
                        line.usage().work()));
            }
        }
        return pilot.run().isReplay() || clocked.size() < FEWEST ? Optional.empty() : Optional.of(of(clocked));
    }

    static Pace of(List<Clocked> attempts) {
        double spans = 0;
        double both = 0;
        double works = 0;
        double spanSeconds = 0;
        double workSeconds = 0;
        for (var attempt : attempts) {
            double meanwhile = meanwhile(attempt, attempts);
            spans += attempt.span() * attempt.span();
            both += attempt.span() * meanwhile;
            works += meanwhile * meanwhile;
            spanSeconds += attempt.span() * attempt.seconds();
            workSeconds += meanwhile * attempt.seconds();
        }
        double determinant = spans * works - both * both;
        double step =
                determinant > 1e-9 * spans * works ? (spanSeconds * works - workSeconds * both) / determinant : -1;
        double token =
                determinant > 1e-9 * spans * works ? (workSeconds * spans - spanSeconds * both) / determinant : -1;
        if (step < 0 || token < 0) { // one of them alone, the one that explains more of the time
            boolean byToken = spans == 0 || workSeconds * workSeconds * spans >= spanSeconds * spanSeconds * works;
            step = byToken ? 0 : spanSeconds / spans;
            token = byToken ? workSeconds / works : 0;
        }
        int count = attempts.size();
        return new Pace(
                step,
                token,
                attempts.stream().mapToDouble(Clocked::span).sum() / count,
                attempts.stream().mapToDouble(Clocked::span).max().orElseThrow(),
                attempts.stream().mapToDouble(Clocked::tokens).sum() / count);
    }

    /** Tokens decoded by all attempts while one was in flight, each taken to decode evenly. */
    private static double meanwhile(Clocked attempt, List<Clocked> attempts) {
        double tokens = 0;
        for (var other : attempts) {
            double overlap = Math.min(attempt.end(), other.end()) - Math.max(attempt.begin(), other.begin());
            tokens += overlap > 0 ? other.tokens() * overlap / other.seconds() : 0;
        }
        return tokens;
    }

    /**
     * Seconds of a run: its tokens, and the steps of attempts side by side, the longest of which ends last.
     *
     * @param tokens of all attempts together
     * @param concurrency attempts in flight
     */
    double seconds(double tokens, long attempts, int concurrency) {
        double beside = Math.min(concurrency, attempts);
        double steps = Math.max(longest, (attempts * span - longest) / beside + longest);
        return token * tokens + step * steps;
    }
}
