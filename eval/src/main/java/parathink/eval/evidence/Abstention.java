package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Accuracy of the attempts that a strategy would still answer if it answered only from some share of the vote on (selective
 * prediction: El-Yaniv and Wiener, 2010). An attempt without an answer has the share 0 and is answered last, wrongly, so that
 * the curve ends in the run's accuracy.
 *
 * @param points one a threshold, the highest first; equal shares are answered together
 * @param area mean accuracy over all coverages, equal shares in an order by lot; the interval is the bootstrap's over problems
 * @param areaByLot the area if shares told nothing: the accuracy of all
 * @param areaAtBest the area if every right answer had a higher share than every wrong one
 */
public record Abstention(List<Point> points, Estimate area, double areaByLot, double areaAtBest) {

    /**
     * What is answered from a threshold on.
     *
     * @param threshold the least share of the vote that is answered
     * @param attempts answered
     * @param coverage share of attempts answered, every problem weighing the same
     * @param accuracy of those answered
     */
    public record Point(double threshold, int attempts, double coverage, double accuracy) {}

    public Abstention {
        points = List.copyOf(points);
    }

    /** Empty when no attempt that can be graded gave an answer by a vote. */
    public static Optional<Abstention> of(List<Trial> trials, Intervals intervals) {
        if (Votes.of(trials).size() == 0) {
            return Optional.empty();
        }
        var votes = Votes.ofAll(trials);
        var order = IntStream.range(0, votes.size())
                .boxed()
                .sorted((a, b) -> Double.compare(votes.share(b), votes.share(a)))
                .mapToInt(Integer::intValue)
                .toArray();
        double area = area(votes, order, votes.once());
        var drawn = intervals.resampled(votes.problems(), times -> new double[] {area(votes, order, times)})[0];
        double accuracy = accuracy(votes);
        return Optional.of(new Abstention(
                points(votes, order),
                Intervals.around(area, drawn, votes.problems()),
                accuracy,
                accuracy == 0 ? 0 : accuracy * (1 - Math.log(accuracy))));
    }

    private static double accuracy(Votes votes) {
        double right = 0;
        for (int i = 0; i < votes.size(); i++) {
            right += votes.weight(i) * votes.right()[i];
        }
        return right / votes.problems();
    }

    private static List<Point> points(Votes votes, int[] order) {
        var points = new ArrayList<Point>();
        double covered = 0;
        double right = 0;
        for (int i = 0; i < order.length; i++) {
            covered += votes.weight(order[i]);
            right += votes.weight(order[i]) * votes.right()[order[i]];
            double share = votes.share(order[i]);
            if (i + 1 == order.length || votes.share(order[i + 1]) < share) {
                points.add(new Point(share, i + 1, Math.min(1, covered / votes.problems()), right / covered));
            }
        }
        return points;
    }

    /**
     * The integral of accuracy over coverage. Where a group of equal shares is answered from coverage a to b in an order by lot,
     * the right answers grow in proportion, from r to s, so that accuracy at x is (r + g (x - a)) / x with g = (s - r) / (b - a);
     * its integral is g (b - a) + (r - g a) ln(b / a).
     */
    private static double area(Votes votes, int[] order, int[] times) {
        double all = 0;
        for (int i : order) {
            all += times[votes.problem(i)] * votes.weight(i);
        }
        double area = 0;
        double covered = 0;
        double right = 0;
        for (int i = 0; i < order.length; ) {
            double group = 0;
            double rightInGroup = 0;
            double share = votes.share(order[i]);
            for (; i < order.length && votes.share(order[i]) == share; i++) {
                double weight = times[votes.problem(order[i])] * votes.weight(order[i]) / all;
                group += weight;
                rightInGroup += weight * votes.right()[order[i]];
            }
            if (group > 0) {
                double slope = rightInGroup / group;
                area += rightInGroup;
                area += covered == 0 ? 0 : (right - slope * covered) * Math.log((covered + group) / covered);
                covered += group;
                right += rightInGroup;
            }
        }
        return Math.clamp(area, 0, 1);
    }
}
