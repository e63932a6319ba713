package parathink.eval.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Subsets;

/**
 * How often majorities of a pool's completions are called different: from themselves, which is a false alarm each time, and from
 * themselves with right answers made wrong at a known rate, which plants a difference of a known size, beside the power that
 * a plan predicts from a small pilot of other problems. The pool stands for the model: every run draws its completions anew, so
 * that what is told is how the comparison does on such problems, not how well the pool knows the model.
 */
final class FalseAlarms {
    private static final int RESAMPLES = 1000;
    private static final int PILOTS = 200;
    private static final int ROUNDS = 1000;

    private final List<int[]> answers; // of each problem, its completions' answers by number, -1 for none
    private final List<boolean[]> right; // whether the answer of that number is right
    private final double[] chances; // that a majority is right, by problem
    private final int votes;
    private final double altered; // share of right answers that are made wrong
    private final Setting setting;

    /** How large a comparison is. */
    private record Setting(int pairs, int problems, int repeats, int pilotProblems, int pilotRepeats) {}

    private FalseAlarms(Arm pool, int votes, double difference, Setting setting) {
        this.votes = votes;
        this.setting = setting;
        answers = new ArrayList<>();
        right = new ArrayList<>();
        chances = new double[pool.problems()];
        for (int problem = 0; problem < pool.problems(); problem++) {
            var draws = pool.draws(problem).getFirst();
            var index = new HashMap<String, Integer>();
            answers.add(draws.stream()
                    .mapToInt(draw -> draw.answer()
                            .map(answer -> index.computeIfAbsent(answer, key -> index.size()))
                            .orElse(-1))
                    .toArray());
            var rights = new boolean[index.size()];
            draws.forEach(draw -> draw.answer().ifPresent(answer -> rights[index.get(answer)] = draw.isRight()));
            right.add(rights);
            chances[problem] = chance(problem);
        }
        altered = difference / Arrays.stream(chances).average().orElseThrow();
    }

    /** Exactly, over all subsets. */
    private double chance(int problem) {
        var drawn = answers.get(problem);
        var groups = new ArrayList<Subsets.Group>();
        for (int answer = 0; answer < right.get(problem).length; answer++) {
            int wanted = answer;
            int size =
                    (int) IntStream.of(drawn).filter(given -> given == wanted).count();
            groups.add(new Subsets.Group(size, right.get(problem)[answer] ? 1 : 0));
        }
        return new Subsets(drawn.length, votes).plurality(groups)[votes - 1];
    }

    /** {@code DIR VOTES DIFFERENCE PAIRS PROBLEMS REPEATS PILOT_PROBLEMS PILOT_REPEATS}, the difference in points. */
    public static void main(String[] arguments) {
        var run = RunDirectory.read(Path.of(arguments[0]));
        var spec = new ComparisonSpec(
                false,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RESAMPLES,
                0);
        var pool = Arm.of("pool", run, CommonProblems.alone(run).attempts().getFirst(), spec);
        var numbers =
                Arrays.stream(arguments).skip(3).mapToInt(Integer::parseInt).toArray();
        var setting =
                new Setting(numbers[0], Math.min(numbers[1], pool.problems()), numbers[2], numbers[3], numbers[4]);
        double difference = Double.parseDouble(arguments[2]) / 100;
        var alarms = new FalseAlarms(pool, Integer.parseInt(arguments[1]), difference, setting);
        alarms.tell("equal      ", 0, IntStream.range(0, pool.problems()).toArray(), false);
        alarms.tellPlanted(difference);
    }

    /** The altered strategy on problems of which a pilot has seen none, where there are enough of them. */
    private void tellPlanted(double difference) {
        var places = new ArrayList<>(IntStream.range(0, answers.size()).boxed().toList());
        Collections.shuffle(places, new Random(1));
        boolean apart = setting.pilotProblems + setting.problems <= places.size();
        var pilot = numbers(places.subList(0, setting.pilotProblems));
        var from = numbers(apart ? places.subList(setting.pilotProblems, places.size()) : places);
        tell("planted    ", altered, from, false);
        tell("drawn again", altered, from, true); // as a plan has it, for which problems are draws too
        double[] powers = new double[PILOTS];
        for (int i = 0; i < PILOTS; i++) {
            powers[i] = planned(pilot, difference, new SplittableRandom(1000 + i));
            Collections.shuffle(places, new Random(2 + i));
            pilot = numbers(places.subList(0, setting.pilotProblems));
        }
        System.out.printf(
                Locale.ROOT,
                "planned by a pilot of %d problems x %d%s: %.1f %%; by %d such pilots %.1f %% on average, %.1f in the middle, from %.1f to %.1f in nine of ten; by the true chances %.1f %%%n",
                setting.pilotProblems,
                setting.pilotRepeats,
                apart ? ", none of them in the runs" : " (too few problems to keep them apart)",
                100 * powers[0],
                PILOTS,
                100 * Arrays.stream(powers).average().orElseThrow(),
                100 * sorted(powers)[PILOTS / 2],
                100 * sorted(powers)[PILOTS / 20],
                100 * sorted(powers)[PILOTS - 1 - PILOTS / 20],
                100 * trulyPlanned(difference));
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).sorted().toArray();
    }

    private static int[] numbers(List<Integer> places) {
        return places.stream().mapToInt(place -> place).toArray();
    }

    /** What a plan says from two pilot runs. */
    private double planned(int[] problems, double difference, SplittableRandom random) {
        var there = new double[problems.length][setting.pilotRepeats];
        var here = new double[problems.length][setting.pilotRepeats];
        for (int i = 0; i < problems.length; i++) {
            for (int repeat = 0; repeat < setting.pilotRepeats; repeat++) {
                there[i][repeat] = solves(problems[i], 0, random) ? 1 : 0;
                here[i][repeat] = solves(problems[i], altered, random) ? 1 : 0;
            }
        }
        var once = new int[problems.length];
        Arrays.fill(once, 1);
        return new PowerAnalysis(Pilot.paired(here, there, once), setting.repeats, ROUNDS, 1)
                .power(difference, setting.problems)
                .value();
    }

    /** Pairs of runs on problems drawn from some, the second with so many of its right answers made wrong. */
    private void tell(String what, double share, int[] from, boolean again) {
        int test = 0;
        int exact = 0;
        int interval = 0;
        double differing = 0;
        double mean = 0;
        for (int pair = 0; pair < setting.pairs; pair++) {
            var random = new SplittableRandom(7_000_000L + pair);
            var units = units(again ? again(from, random) : from, share, random);
            var flips = SignFlipTest.of(units);
            test += flips.mid() <= Difference.LEVEL ? 1 : 0;
            exact += flips.exact() <= Difference.LEVEL ? 1 : 0;
            var shares = Arrays.stream(units)
                    .mapToDouble(unit -> (double) unit / setting.repeats)
                    .toArray();
            var bootstrap = new Bootstrap(shares.length, RESAMPLES, pair);
            interval += Difference.interval(shares, bootstrap).leavesOut(0) ? 1 : 0;
            differing += Arrays.stream(units).filter(unit -> unit != 0).count();
            mean += Arrays.stream(shares).average().orElseThrow();
        }
        double percent = 100.0 / setting.pairs;
        System.out.printf(
                Locale.ROOT,
                "%s %d pairs of %d problems x %d, majority of %d: %.1f differing, mean %+.2f points; called different: mid-p %.1f %%, exact p %.1f %%, interval %.1f %%%n",
                what,
                setting.pairs,
                setting.problems,
                setting.repeats,
                votes,
                differing / setting.pairs,
                mean * percent,
                test * percent,
                exact * percent,
                interval * percent);
    }

    /** What a plan would say if a pilot told the chances of every problem. */
    private double trulyPlanned(double difference) {
        double[] won = Arrays.stream(chances)
                .map(chance -> chance * (1 - altered) * (1 - chance))
                .toArray();
        double[] lost = Arrays.stream(chances)
                .map(chance -> chance * (1 - chance * (1 - altered)))
                .toArray();
        double[] weights = new double[chances.length];
        Arrays.fill(weights, 1.0 / chances.length);
        var law = new Disagreement(lost, won, weights).law(setting.repeats); // the altered one loses
        return Power.of(law, difference, setting.problems, 10_000, 1).value();
    }

    private int[] again(int[] from, SplittableRandom random) {
        return random.ints(Math.max(from.length, setting.problems), 0, from.length)
                .map(place -> from[place])
                .toArray();
    }

    /** Right answers of the one run less those of the other, by problem. */
    private long[] units(int[] from, double share, SplittableRandom random) {
        var places = from.clone();
        var units = new long[setting.problems];
        for (int i = 0; i < units.length; i++) { // the beginning of a shuffle is a sample without replacement
            int other = i + random.nextInt(places.length - i);
            int swapped = places[i];
            places[i] = places[other];
            places[other] = swapped;
            for (int repeat = 0; repeat < setting.repeats; repeat++) {
                units[i] += solves(places[i], 0, random) ? 1 : 0;
                units[i] -= solves(places[i], share, random) ? 1 : 0;
            }
        }
        return units;
    }

    /** Draws a majority, ties to the answer given first, and makes it wrong at a rate. */
    private boolean solves(int problem, double share, SplittableRandom random) {
        var drawn = answers.get(problem).clone();
        var counts = new int[right.get(problem).length];
        int leader = -1;
        var first = new int[counts.length];
        for (int i = 0; i < votes; i++) {
            int other = i + random.nextInt(drawn.length - i);
            int answer = drawn[other];
            drawn[other] = drawn[i];
            if (answer >= 0) {
                first[answer] = counts[answer]++ == 0 ? i : first[answer];
                boolean leads = leader < 0
                        || counts[answer] > counts[leader]
                        || (counts[answer] == counts[leader] && first[answer] < first[leader]);
                leader = leads ? answer : leader;
            }
        }
        return leader >= 0 && right.get(problem)[leader] && random.nextDouble() >= share;
    }
}
