package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** A story in whole sentences; it is a problem of its own and never a part of a larger one. */
record WordProblem(Story story, String name, String things, String others, int a, int b, int c, int d) implements Part {
    private static final List<String> NAMES = List.of("Ann", "Ben", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal");
    private static final List<String> THINGS =
            List.of("pens", "eggs", "nuts", "cards", "coins", "beads", "books", "cups");

    private static final List<Story> STORIES = List.of(Story.values());

    /** What happens in the story. */
    enum Story {
        SHARING,
        PACKING,
        BUYING,
        SEATS
    }

    static Part draw(MersenneTwister random, Difficulty difficulty) {
        while (true) {
            var name = random.pick(NAMES);
            var things = random.pick(THINGS);
            var story = random.pick(STORIES);
            int a = random.between(3, difficulty.of(12, 30, 60));
            int b = random.between(3, difficulty.of(12, 25, 40));
            int c = random.between(2, difficulty.of(9, 30, 90));
            int d = random.between(2, difficulty.of(9, 9, 12));
            if (c < a * b && a * b <= 900 - c * d) {
                // drawn for every story, though only one mentions them
                return new WordProblem(story, name, things, random.pick(THINGS), a, b, c, d);
            }
        }
    }

    @Override
    public String phrase() {
        return switch (story) {
            case SHARING ->
                name + " has " + a + " boxes of " + b + " " + things + ". " + name + " gives away " + c + " " + things
                        + " and splits the rest among " + d + " friends. How many " + things + " are left over?";
            case PACKING ->
                name + " has " + a + " boxes of " + b + " " + things + ". " + name + " loses " + c + " " + things
                        + " and packs the rest in bags of " + d + ". How many full bags are there?";
            case BUYING ->
                name + " buys " + a + " " + things + " at " + b + " cents each and " + c + " " + others + " at " + d
                        + " cents each. How many cents does " + name + " pay?";
            case SEATS ->
                "A hall has " + a + " rows of " + b + " seats. One seat in every " + d
                        + " (rounded down) is broken. How many seats are fine?";
        };
    }

    @Override
    public String question(MersenneTwister random) {
        return phrase();
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int product = working.product(a, b);
        working.endLine();
        return switch (story) {
            case SHARING -> rest(product, working) % d;
            case PACKING -> rest(product, working) / d;
            case BUYING -> {
                int second = working.product(c, d);
                working.endLine();
                working.equation(product, "+", second, product + second).endLine();
                yield product + second;
            }
            case SEATS -> {
                int broken = product / d;
                working.division(product, d).endLine();
                working.equation(product, "-", broken, product - broken).endLine();
                yield product - broken;
            }
        };
    }

    private int rest(int product, Working working) {
        int rest = product - c;
        working.equation(product, "-", c, rest).endLine();
        working.division(rest, d).endLine();
        return rest;
    }
}
