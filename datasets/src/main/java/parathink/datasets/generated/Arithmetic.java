package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.datasets.AnswerFormat;
import parathink.datasets.Question;

/**
 * Whole-number problems in words, of seven levels. 1: one easy part. 2: one medium part, or two easy ones. 3: one hard
 * part, or a chain of two. 4: two medium or hard parts and a final over both. 5: two hard parts and a hard final. 6: four
 * parts and an easy final. 7: three hard parts and a weighted final.
 */
record Arithmetic(int level, AnswerFormat format) implements Generator {
    private static final int LONGEST_TEXT = 330;
    private static final int LARGEST_VALUE = 999;
    private static final String FINAL = "F";
    private static final List<String> NAMES = List.of("A", "B", "C", "D");
    private static final List<Difficulty> DIFFICULTIES = List.of(Difficulty.values());
    private static final List<Double> HASTES = List.of(.3, .7, .7, 1.0);

    /** A kind of part that stands on its own. */
    @FunctionalInterface
    private interface Kind {
        Part draw(MersenneTwister random, Difficulty difficulty);
    }

    /** A kind of part that goes on from an earlier one. */
    @FunctionalInterface
    private interface Successor {
        Part draw(MersenneTwister random, Difficulty difficulty, Operand.Choice operand);
    }

    /** A kind of final over all the parts before it. */
    @FunctionalInterface
    private interface Final {
        Part draw(MersenneTwister random, List<String> names);
    }

    /** A part with its name. */
    private record Named(String name, Part part) {}

    /**
     * What a problem with a final is made of.
     *
     * @param longest characters of working that a part may take
     */
    private record Plan(int parts, List<Kind> kinds, List<Difficulty> difficulties, int longest, List<Final> finals) {}

    // The order of a list matters wherever one of it is drawn by its place.
    private static final List<Kind> NOUNS = List.of(
            ModPow::draw,
            LinearRemainder::draw,
            TwoProducts::draw,
            CommonDivisor::draw,
            CommonMultiple::draw,
            DigitSum::draw,
            Recurrence::draw,
            BaseDigitSum::draw,
            MultipleCount::draw,
            Divisors::draw,
            TwoRemainders::draw,
            ArithmeticSeries::draw,
            Binomial::draw,
            NestedQuadratic::draw,
            PowerSum::draw);
    private static final List<Kind> ALL = append(NOUNS, WordProblem::draw);
    private static final List<Kind> LABORIOUS = List.of(
            LinearRemainder::draw,
            TwoProducts::draw,
            ModPow::draw,
            NestedQuadratic::draw,
            Recurrence::draw,
            ArithmeticSeries::draw,
            DigitSum::draw,
            TwoRemainders::draw,
            MultipleCount::draw,
            BaseDigitSum::draw);
    private static final List<Successor> SUCCESSORS = List.of(
            LinearRemainder::draw, CommonDivisor::draw, DigitSum::draw, BaseDigitSum::draw, MultipleCount::draw);
    private static final Final WEIGHTED = (random, names) -> WeightedSum.draw(random, names, false);
    private static final Final WEIGHTED_LARGE = (random, names) -> WeightedSum.draw(random, names, true);
    private static final Final PRODUCT = (random, names) -> ProductOfParts.draw(random, names, false);
    private static final Final PRODUCT_LARGE = (random, names) -> ProductOfParts.draw(random, names, true);
    private static final Map<Integer, Plan> PLANS = Map.of(
            2, new Plan(2, NOUNS, List.of(Difficulty.EASY), 60, List.of(PlainSum::draw)),
            4,
                    new Plan(
                            2,
                            NOUNS,
                            List.of(Difficulty.MEDIUM, Difficulty.HARD),
                            110,
                            List.of(PlainSum::draw, PlainSum::draw, WEIGHTED, PRODUCT)),
            5, new Plan(2, LABORIOUS, List.of(Difficulty.HARD), 110, List.of(WEIGHTED_LARGE, PRODUCT_LARGE)),
            6,
                    new Plan(
                            4,
                            NOUNS,
                            List.of(Difficulty.MEDIUM, Difficulty.MEDIUM, Difficulty.HARD),
                            65,
                            List.of(PlainSum::draw, WEIGHTED)),
            7, new Plan(3, LABORIOUS, List.of(Difficulty.HARD), 90, List.of(WEIGHTED)));

    Arithmetic {
        if (level < 1 || level > 7) {
            throw new IllegalArgumentException("the level must be 1 to 7, got " + level);
        }
    }

    private static List<Kind> append(List<Kind> kinds, Kind kind) {
        var all = new ArrayList<>(kinds);
        all.add(kind);
        return List.copyOf(all);
    }

    @Override
    public Drawn draw(MersenneTwister random) {
        while (true) {
            double haste = random.pick(HASTES);
            var text = new StringBuilder();
            var parts = compose(random, haste, text);
            var values = new HashMap<String, Integer>();
            for (var part : parts) {
                values.put(part.name(), work(part.part(), values, new Working(random, haste), random));
            }
            if (text.length() <= LONGEST_TEXT && values.values().stream().allMatch(v -> v >= 0 && v <= LARGEST_VALUE)) {
                return new Drawn(
                        new Question(text.toString(), format), values.get(FINAL).toString());
            }
        }
    }

    private List<Named> compose(MersenneTwister random, double haste, StringBuilder text) {
        return switch (level) {
            case 1 -> single(random, text);
            case 2 -> random.chance(.3) ? planned(random, haste, text) : single(random, text);
            case 3 -> random.chance(.5) ? chained(random, text) : single(random, text);
            default -> planned(random, haste, text);
        };
    }

    private List<Named> single(MersenneTwister random, StringBuilder text) {
        var part = random.pick(ALL).draw(random, DIFFICULTIES.get(level - 1));
        text.append(part.question(random));
        return List.of(new Named(FINAL, part));
    }

    private static List<Named> chained(MersenneTwister random, StringBuilder text) {
        var kind = random.pick(NOUNS);
        var difficulty = random.pick(List.of(Difficulty.MEDIUM, Difficulty.MEDIUM, Difficulty.HARD));
        var first = new Named("A", kind.draw(random, difficulty));
        var last = random.pick(SUCCESSORS).draw(random, Difficulty.MEDIUM, drawn -> new Operand.Earlier("A"));
        let(text, first).append(last.question(random));
        return List.of(first, new Named(FINAL, last));
    }

    private List<Named> planned(MersenneTwister random, double haste, StringBuilder text) {
        var plan = PLANS.get(level);
        var names = NAMES.subList(0, plan.parts());
        var parts = new ArrayList<Named>();
        for (var name : names) {
            var part = new Named(name, shortPart(plan, name, random, haste));
            let(text, part);
            parts.add(part);
        }
        // a plan with one final takes no random number to choose it
        var finals = plan.finals();
        var kind = finals.size() == 1 ? finals.getFirst() : random.pick(finals);
        var last = kind.draw(random, names);
        text.append(last.question(random));
        parts.add(new Named(FINAL, last));
        return parts;
    }

    private static StringBuilder let(StringBuilder text, Named part) {
        return text.append("Let ")
                .append(part.name())
                .append(" be ")
                .append(part.part().phrase())
                .append(". ");
    }

    /** Draws until the working of a part is short enough; the part is worked anew for its value. */
    private static Part shortPart(Plan plan, String name, MersenneTwister random, double haste) {
        while (true) {
            var kind = random.pick(plan.kinds());
            var part = kind.draw(random, random.pick(plan.difficulties()));
            var working = new Working(random, haste);
            int value = work(part, Map.of(), working, random);
            working.put(name).put("=").put(value);
            if (working.length() <= plan.longest()) {
                return part;
            }
        }
    }

    private static int work(Part part, Map<String, Integer> known, Working working, MersenneTwister random) {
        random.random(); // in training, this one decides whether the working holds a slip
        return part.solve(known, working);
    }
}
