package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.datasets.AnswerFormat;

/**
 * Whole-number problems in words, of nine levels. 1: one easy part. 2: one medium part, or two easy ones. 3: one hard
 * part, or a chain of two. 4: two medium or hard parts and a final over both. 5: two hard parts and a hard final. 6: four
 * parts and an easy final. 7: three hard parts and a weighted final. 8: four laborious parts and an easy final. 9: a
 * chain of four laborious steps.
 */
record Arithmetic(int level, AnswerFormat format) implements Generator {
    private static final int LONGEST_TEXT = 330;
    private static final int LARGEST_VALUE = 999;
    private static final String FINAL = "F";
    private static final List<String> NAMES = List.of("A", "B", "C", "D");
    private static final List<Double> HASTES = List.of(.3, .7, .7, 1.0);
    private static final int LABORIOUS = 8; // the level from which on no step is taken at once and the work is bounded
    private static final int LONGEST_WORK = 370;

    private record Exercise(String text, AnswerFormat format, String reference) implements Drawn {}

    /** A part with its name. */
    private record Named(String name, Part part) {}

    Arithmetic {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("the level must be 1 to 9, got " + level);
        }
    }

    @Override
    public Drawn draw(MersenneTwister random) {
        while (true) {
            double drawn = random.pick(HASTES);
            double haste = level >= LABORIOUS ? 0 : drawn;
            var text = new StringBuilder();
            var parts = compose(random, haste, text);
            var values = new HashMap<String, Integer>();
            int written = 0;
            for (var part : parts) {
                var working = new Working(random, haste);
                values.put(part.name(), work(part.part(), values, working, random));
                written += length(part.name(), values.get(part.name()), working);
            }
            boolean fits = text.length() <= LONGEST_TEXT && (level < LABORIOUS || written <= LONGEST_WORK);
            if (fits && inRange(values.values())) {
                return new Exercise(text.toString(), format, values.get(FINAL).toString());
            }
        }
    }

    private static boolean inRange(Iterable<Integer> values) {
        for (int value : values) {
            if (value < 0 || value > LARGEST_VALUE) {
                return false;
            }
        }
        return true;
    }

    private List<Named> compose(MersenneTwister random, double haste, StringBuilder text) {
        return switch (level) {
            case 1 -> single(random, text);
            case 2 -> random.chance(.3) ? planned(random, haste, text) : single(random, text);
            case 3 -> random.chance(.5) ? chained(random, text) : single(random, text);
            case 9 -> longChain(random, haste, text);
            default -> planned(random, haste, text);
        };
    }

    /** Characters of a working and of the line that states its value; a final one has no such line. */
    private static int length(String name, int value, Working working) {
        int stated = name.equals(FINAL)
                ? 0
                : name.length() + 1 + Integer.toString(value).length();
        return working.length() + stated;
    }

    private static List<Named> longChain(MersenneTwister random, double haste, StringBuilder text) {
        var parts = new ArrayList<Named>();
        parts.add(new Named(NAMES.getFirst(), shortPart(Plan.of(LABORIOUS), NAMES.getFirst(), random, haste)));
        let(text, parts.getFirst());
        for (var name : NAMES.subList(1, 3)) {
            var before = parts.getLast().name();
            var link = random.pick(Successor.LINKS).draw(random, Difficulty.LABORIOUS, before);
            parts.add(new Named(name, link));
            let(text, parts.getLast());
        }
        var last = random.pick(Successor.LINKS)
                .draw(random, Difficulty.LABORIOUS, parts.getLast().name());
        text.append(last.question(random));
        parts.add(new Named(FINAL, last));
        return parts;
    }

    private List<Named> single(MersenneTwister random, StringBuilder text) {
        var part = random.pick(Kind.ALL).draw(random, Difficulty.COMMON.get(level - 1));
        text.append(part.question(random));
        return List.of(new Named(FINAL, part));
    }

    private static List<Named> chained(MersenneTwister random, StringBuilder text) {
        var kind = random.pick(Kind.NOUNS);
        var difficulty = random.pick(List.of(Difficulty.MEDIUM, Difficulty.MEDIUM, Difficulty.HARD));
        var first = new Named(NAMES.getFirst(), kind.draw(random, difficulty));
        var last = random.pick(Successor.ALL).draw(random, Difficulty.MEDIUM, first.name());
        let(text, first).append(last.question(random));
        return List.of(first, new Named(FINAL, last));
    }

    private List<Named> planned(MersenneTwister random, double haste, StringBuilder text) {
        var plan = Plan.of(level);
        var names = NAMES.subList(0, plan.parts());
        var parts = new ArrayList<Named>();
        for (var name : names) {
            var part = new Named(name, shortPart(plan, name, random, haste));
            let(text, part);
            parts.add(part);
        }
        var last = plan.finish(random).draw(random, names);
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
