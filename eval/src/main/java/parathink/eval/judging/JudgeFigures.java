package parathink.eval.judging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parathink.eval.comparison.Bootstrap;
import parathink.eval.comparison.Interval;

/**
 * How good a judge is at one cut. Intervals are by bootstrap over problems.
 *
 * @param cut where the completions were cut off
 * @param pairs judged
 * @param problems they are of
 * @param same share of the pairs that come to the same answer
 * @param ended share of the completions that end before the cut
 * @param auroc area under the receiver's curve over all pairs; a judge of how hard a problem is does well in it too
 * @param within the same within a problem, the mean over problems that have pairs of both kinds
 * @param both how many these are
 * @param trueNegatives share of the different pairs that are kept apart where a fifth of the same ones are
 * @param bins calibration in tenths of the verdict
 * @param error mean distance between verdict and share of the same, over bins by their pairs
 * @param judgePrefill tokens that the judge read, a pair
 * @param judgeWork tokens that it decoded, a pair
 */
public record JudgeFigures(
        String cut,
        int pairs,
        int problems,
        double same,
        double ended,
        Interval auroc,
        Interval within,
        int both,
        Interval trueNegatives,
        List<Bin> bins,
        double error,
        double judgePrefill,
        double judgeWork) {
    private static final int BINS = 10;
    private static final int RESAMPLES = 2000;

    /**
     * Verdicts of about the same height.
     *
     * @param pairs that have one
     * @param verdict their mean
     * @param same share of them that come to the same answer
     */
    public record Bin(int pairs, double verdict, double same) {}

    public JudgeFigures {
        bins = List.copyOf(bins);
    }

    /** Those that have a pair to be judged, two or more. */
    static List<JudgedProblem> requireEnough(String cut, List<JudgedProblem> all) {
        var judged = all.stream().filter(each -> !each.pairs().isEmpty()).toList();
        if (judged.size() < 2) {
            throw new IllegalArgumentException(
                    "cut %s leaves %d problems with unfinished completions, and figures need 2; cut earlier"
                            .formatted(cut, judged.size()));
        }
        return judged;
    }

    /** The figures of judged problems. */
    static JudgeFigures of(String cut, List<JudgedProblem> all, long seed) {
        var judged = requireEnough(cut, all);
        var ranking = new PairRanking(judged);
        double[] within = judged.stream()
                .mapToDouble(each -> new PairRanking(List.of(each)).auroc(new int[] {1}))
                .toArray();
        var bootstrap = new Bootstrap(judged.size(), RESAMPLES, seed);
        int pairs = judged.stream().mapToInt(each -> each.pairs().size()).sum();
        var bins = bins(judged);
        return new JudgeFigures(
                cut,
                pairs,
                judged.size(),
                (double) judged.stream()
                                .flatMap(each -> each.same().stream())
                                .filter(same -> same)
                                .count()
                        / pairs,
                all.stream().mapToDouble(JudgedProblem::ended).average().orElse(0),
                bootstrap.interval(ranking::auroc),
                bootstrap.interval(times -> mean(within, times)),
                (int) Arrays.stream(within)
                        .filter(value -> !Double.isNaN(value))
                        .count(),
                bootstrap.interval(ranking::trueNegatives),
                bins,
                bins.stream()
                                .mapToDouble(bin -> bin.pairs() * Math.abs(bin.verdict() - bin.same()))
                                .sum()
                        / pairs,
                judged.stream().mapToDouble(each -> each.usage().judgePrefill()).sum() / pairs,
                judged.stream().mapToDouble(each -> each.usage().judgeWork()).sum() / pairs);
    }

    private static double mean(double[] values, int[] times) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                sum += times[i] * values[i];
                count += times[i];
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static List<Bin> bins(List<JudgedProblem> judged) {
        int[] pairs = new int[BINS];
        double[] verdicts = new double[BINS];
        int[] same = new int[BINS];
        for (var problem : judged) {
            for (int i = 0; i < problem.pairs().size(); i++) {
                double verdict = problem.verdicts().get(i);
                int bin = Math.min(BINS - 1, (int) (verdict * BINS));
                pairs[bin]++;
                verdicts[bin] += verdict;
                same[bin] += problem.same().get(i) ? 1 : 0;
            }
        }
        var bins = new ArrayList<Bin>();
        for (int bin = 0; bin < BINS; bin++) {
            int of = Math.max(1, pairs[bin]);
            bins.add(new Bin(pairs[bin], verdicts[bin] / of, (double) same[bin] / of));
        }
        return bins;
    }

    /** The figures as one JSON object. */
    public ObjectNode toJson() {
        var json = new ObjectMapper().createObjectNode();
        json.put("cut", cut)
                .put("pairs", pairs)
                .put("problems", problems)
                .put("same", same)
                .put("ended", ended);
        put(json, "auroc", auroc);
        put(json, "auroc_within", within);
        json.put("problems_with_both", both);
        put(json, "tnr_at_fnr_0.2", trueNegatives);
        json.put("calibration_error", error)
                .put("judge_prefill_a_pair", judgePrefill)
                .put("judge_work_a_pair", judgeWork);
        var list = json.putArray("calibration");
        for (var bin : bins) {
            list.addObject()
                    .put("pairs", bin.pairs())
                    .put("verdict", bin.verdict())
                    .put("same", bin.same());
        }
        return json;
    }

    /** An end that is not known is left null: JSON has no infinite numbers. */
    private static void put(ObjectNode json, String name, Interval interval) {
        var node = json.putObject(name);
        node.put("value", finite(interval.value()));
        node.put("low", finite(interval.low()));
        node.put("high", finite(interval.high()));
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? Double.valueOf(number) : null;
    }
}
