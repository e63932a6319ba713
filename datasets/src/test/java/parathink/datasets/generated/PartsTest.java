package parathink.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of part against its definition, computed here in the plainest way. */
final class PartsTest {
    private static final Map<String, Integer> KNOWN = Map.of("A", 731, "B", 58, "C", 0, "D", 412);

    @ParameterizedTest
    @EnumSource
    void workingEndsInTheValueOfTheDefinition(Kind kind) {
        for (var difficulty : Difficulty.values()) {
            if (difficulty != Difficulty.LABORIOUS || Kind.LONG.contains(kind)) {
                for (int seed = 0; seed < 200; seed++) {
                    check(kind.draw(new MersenneTwister(seed), difficulty), seed);
                }
            }
        }
    }

    @Test
    void mostKindsAreNeverLaborious() {
        var others = EnumSet.complementOf(EnumSet.copyOf(Kind.LONG));
        assertThat(others)
                .allSatisfy(kind -> assertThatThrownBy(() -> kind.draw(new MersenneTwister(0), Difficulty.LABORIOUS))
                        .hasMessageContaining("never laborious"));
    }

    @Test
    void linksOfALongChainUseTheValueBeforeThem() {
        for (var link : Successor.LINKS) {
            for (int seed = 0; seed < 200; seed++) {
                var part = link.draw(new MersenneTwister(seed), Difficulty.LABORIOUS, "A");
                assertThat(part.phrase()).contains("A");
                check(part, seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsThatGoOnFromAnEarlierOneUseItsValue(Successor successor) {
        for (int seed = 0; seed < 200; seed++) {
            var part = successor.draw(new MersenneTwister(seed), Difficulty.MEDIUM, "A");
            assertThat(part.phrase()).contains("A");
            check(part, seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void finalsUseTheValuesOfTheirParts(Finish finish) {
        for (int seed = 0; seed < 200; seed++) {
            check(
                    finish.draw(
                            new MersenneTwister(seed),
                            List.of("A", "B", "C", "D").subList(0, 2 + seed % 3)),
                    seed);
        }
    }

    private static void check(Part part, int seed) {
        for (double haste : new double[] {0, .5, 1.3}) {
            var working = new Working(new MersenneTwister(seed + 1000), haste);
            assertThat(part.solve(KNOWN, working)).as(part.phrase()).isEqualTo(value(part));
            assertThat(working.length())
                    .isEqualTo(working.text().replace("\n", "").length());
        }
    }

    private static int value(Part part) {
        return switch (part) {
            case ModPow p ->
                BigInteger.valueOf(p.base())
                        .modPow(BigInteger.valueOf(p.exponent()), BigInteger.valueOf(p.modulus()))
                        .intValue();
            case LinearRemainder p -> (p.number().in(KNOWN) * p.factor() + p.addend()) % p.modulus();
            case TwoProducts p -> (p.a() * p.b() + p.c() * p.d()) % p.modulus();
            case CommonDivisor p -> gcd(p.first().in(KNOWN), p.second());
            case CommonMultiple p -> smallest(n -> n % p.a() == 0 && n % p.b() == 0);
            case DigitSum p -> digitSum(p.number().in(KNOWN) * p.factor(), 10);
            case Recurrence p -> recurrence(p);
            case BaseDigitSum p -> digitSum(p.number().in(KNOWN), p.base());
            case BaseValue p -> p.number();
            case MultipleCount p -> count(p);
            case Divisors p -> divisors(p);
            case TwoRemainders p -> smallest(n -> n % p.a() == p.number() % p.a() && n % p.b() == p.number() % p.b());
            case ArithmeticSeries p ->
                IntStream.range(0, p.terms())
                                .map(i -> p.first() + i * p.difference())
                                .sum()
                        % p.modulus();
            case Binomial p -> choose(p.n(), p.k());
            case NestedQuadratic p -> nested(p);
            case PowerSum p -> powerSum(p);
            case WordProblem p -> story(p);
            case PlainSum p -> p.names().stream().mapToInt(KNOWN::get).sum() % p.modulus();
            case WeightedSum p ->
                IntStream.range(0, p.names().size())
                                .map(i ->
                                        p.weights().get(i) * KNOWN.get(p.names().get(i)))
                                .sum()
                        % p.modulus();
            case ProductOfParts p -> product(p);
            default -> throw new AssertionError("no definition for " + part);
        };
    }

    private static int smallest(IntPredicate property) {
        return IntStream.iterate(1, n -> n + 1).filter(property).findFirst().orElseThrow();
    }

    private static int gcd(int a, int b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValue();
    }

    private static int digitSum(int number, int base) {
        return Integer.toString(number, base).chars().map(c -> c - '0').sum();
    }

    private static int recurrence(Recurrence p) {
        long x = p.first();
        long y = p.second();
        for (int i = 3; i <= p.index(); i++) {
            long z = p.last() * y + p.beforeLast() * x;
            x = y;
            y = z;
        }
        return (int) (y % p.modulus());
    }

    private static int count(MultipleCount p) {
        return (int) IntStream.rangeClosed(1, p.last().in(KNOWN))
                .filter(n -> switch (p.mode()) {
                    case EITHER -> n % p.a() == 0 || n % p.b() == 0;
                    case NEITHER -> n % p.a() != 0 && n % p.b() != 0;
                    case ONLY_FIRST -> n % p.a() == 0 && n % p.b() != 0;
                })
                .count();
    }

    private static int divisors(Divisors p) {
        var divisors = IntStream.rangeClosed(1, p.number()).filter(d -> p.number() % d == 0);
        return p.summed() ? divisors.sum() : (int) divisors.count();
    }

    private static int choose(int n, int k) {
        return k == 0 || k == n ? 1 : choose(n - 1, k - 1) + choose(n - 1, k);
    }

    private static int nested(NestedQuadratic p) {
        int x = p.start();
        for (int i = 0; i < p.depth(); i++) {
            x = (p.a() * x * x + p.b() * x + p.c()) % p.modulus();
        }
        return x;
    }

    /** Newton's identities: each power sum from the two before it. */
    private static int powerSum(PowerSum p) {
        int squares = p.sum() * p.sum() - p.product() * 2;
        return p.cubes() ? p.sum() * squares - p.product() * p.sum() : squares;
    }

    private static int story(WordProblem p) {
        int all = p.a() * p.b();
        return switch (p.story()) {
            case SHARING -> (all - p.c()) % p.d();
            case PACKING -> (all - p.c()) / p.d();
            case BUYING -> all + p.c() * p.d();
            case SEATS -> all - all / p.d();
        };
    }

    private static int product(ProductOfParts p) {
        int a = KNOWN.get(p.first());
        int b = KNOWN.get(p.second());
        return (p.size() == ProductOfParts.Size.LARGE_SQUARE ? a * a + b : a * b + p.addend()) % p.modulus();
    }
}
