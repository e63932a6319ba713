package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The whole chain of a comparison on made problems, of which the truth is known. */
final class FalseAlarmTest {
    private static final int PAIRS = 400;
    private static final double PLANTED = 0.05;

    /** Right answers of some repeats at problems of very different difficulty. */
    private static double[][] right(double[] chances, int repeats, SplittableRandom random) {
        var right = new double[chances.length][repeats];
        for (int problem = 0; problem < chances.length; problem++) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                right[problem][repeat] = random.nextDouble() < chances[problem] ? 1 : 0;
            }
        }
        return right;
    }

    private static double[] chances(int problems, SplittableRandom random) {
        return random.doubles(problems).map(u -> u * u * (3 - 2 * u)).toArray(); // from hardly ever to nearly always
    }

    private static long[] units(double[][] here, double[][] there) {
        var units = new long[here.length];
        for (int problem = 0; problem < units.length; problem++) {
            for (int repeat = 0; repeat < here[problem].length; repeat++) {
                units[problem] += Math.round(here[problem][repeat] - there[problem][repeat]);
            }
        }
        return units;
    }

    private static double[] shares(long[] units, int repeats) {
        var shares = new double[units.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (double) units[i] / repeats;
        }
        return shares;
    }

    @Test
    void callsTheSameStrategyDifferentInAboutOneOfTwentyPairs() {
        for (int repeats : new int[] {1, 4}) {
            var random = new SplittableRandom(20 + repeats);
            int byTest = 0;
            int byInterval = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                var chances = chances(100, random);
                var units = units(right(chances, repeats, random), right(chances, repeats, random));
                byTest += SignFlipTest.of(units).mid() <= Difference.LEVEL ? 1 : 0;
                var interval = Difference.interval(shares(units, repeats), new Bootstrap(100, 1000, pair));
                byInterval += interval.leavesOut(0) ? 1 : 0;
            }
            assertThat(byTest / (double) PAIRS).as("%d repeats, test", repeats).isBetween(0.02, 0.09);
            assertThat(byInterval / (double) PAIRS)
                    .as("%d repeats, interval", repeats)
                    .isBetween(0.02, 0.09);
        }
    }

    @Test
    void findsAPlantedDifferenceAsOftenAsItWasPlanned() {
        for (int repeats : new int[] {1, 4}) {
            var random = new SplittableRandom(70 + repeats);
            int problems = 220;
            double planned = 0;
            int found = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                var chances = chances(problems, random);
                var better = chances.clone();
                for (int i = 0; i < problems; i++) {
                    better[i] = chances[i] + chances[i] * (1 - chances[i]) / 2; // 6.4 points on average
                }
                planned += power(chances, better, repeats) / PAIRS;
                var units = units(right(better, repeats, random), right(chances, repeats, random));
                found += SignFlipTest.of(units).mid() <= Difference.LEVEL ? 1 : 0;
            }
            assertThat(found / (double) PAIRS).as("%d repeats", repeats).isCloseTo(planned, within(0.05));
        }
    }

    /** Chances that are 5 points better on average, most where there is room in the middle. */
    private static double[] better(double[] chances) {
        double room = 0;
        for (double chance : chances) {
            room += chance * (1 - chance) / chances.length;
        }
        var better = new double[chances.length];
        for (int i = 0; i < better.length; i++) {
            better[i] = chances[i] + PLANTED * chances[i] * (1 - chances[i]) / room;
        }
        return better;
    }

    /** The power that a plan reads off a pilot of other problems, with its interval by the pilot. */
    private static Interval planned(int problems, int repeats, SplittableRandom random) {
        var tried = chances(150, random);
        var here = right(better(tried), 4, random);
        var there = right(tried, 4, random);
        return new Bootstrap(tried.length, 500, 1)
                .interval(times -> new PowerAnalysis(Pilot.paired(here, there, times), repeats, 200, 1)
                        .power(PLANTED, problems)
                        .value());
    }

    @Test
    void findsFivePointsAsOftenAsSeparateSmallPilotsPlanned() {
        int problems = 300;
        int pilots = 40;
        for (int repeats : new int[] {1, 2}) {
            var random = new SplittableRandom(90 + repeats);
            double planned = 0;
            var plans = new ArrayList<Interval>();
            for (int pilot = 0; pilot < pilots; pilot++) {
                plans.add(planned(problems, repeats, random));
                planned += plans.getLast().value() / pilots;
            }
            int found = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                var chances = chances(problems, random);
                var units = units(right(better(chances), repeats, random), right(chances, repeats, random));
                found += SignFlipTest.of(units).mid() <= Difference.LEVEL ? 1 : 0;
            }

            double power = found / (double) PAIRS;
            assertThat(power).as("%d repeats", repeats).isCloseTo(planned, within(0.05));
            // one pilot may well be further off, and says so: 0.025 is what the count of 400 pairs leaves open
            long covered = plans.stream()
                    .filter(plan -> plan.low() <= power + 0.025 && plan.high() >= power - 0.025)
                    .count();
            assertThat(covered).as("%d repeats, of %d", repeats, pilots).isGreaterThanOrEqualTo(34);
        }
    }

    /** By the true chances, as a plan with a perfect pilot has them. */
    private static double power(double[] chances, double[] better, int repeats) {
        var won = new double[chances.length];
        var lost = new double[chances.length];
        var weights = new double[chances.length];
        double mean = 0;
        for (int i = 0; i < chances.length; i++) {
            won[i] = better[i] * (1 - chances[i]);
            lost[i] = chances[i] * (1 - better[i]);
            weights[i] = 1.0 / chances.length;
            mean += weights[i] * (won[i] - lost[i]);
        }
        var law = new Disagreement(won, lost, weights).law(repeats);
        return Power.of(law, mean, chances.length, 200, 1).value();
    }
}
