package parathink.datasets.generated;

import java.util.List;

/**
 * What a problem of several parts and a final question is made of.
 *
 * @param parts how many parts
 * @param kinds what each may be
 * @param difficulties how hard each may be
 * @param longest characters of working that a part may take
 * @param finishes what the final question may be
 */
record Plan(int parts, List<Kind> kinds, List<Difficulty> difficulties, int longest, List<Finish> finishes) {
    private static final List<Difficulty> EASY = List.of(Difficulty.EASY);
    private static final List<Difficulty> HARD = List.of(Difficulty.HARD);
    private static final List<Difficulty> LABORIOUS = List.of(Difficulty.LABORIOUS);
    private static final List<Difficulty> MEDIUM_OR_HARD = List.of(Difficulty.MEDIUM, Difficulty.HARD);
    private static final List<Difficulty> RATHER_MEDIUM =
            List.of(Difficulty.MEDIUM, Difficulty.MEDIUM, Difficulty.HARD);

    /** The plan of a level that has one. */
    static Plan of(int level) {
        return switch (level) {
            case 2 -> new Plan(2, Kind.NOUNS, EASY, 60, List.of(Finish.SUM));
            case 4 ->
                new Plan(
                        2,
                        Kind.NOUNS,
                        MEDIUM_OR_HARD,
                        110,
                        List.of(Finish.SUM, Finish.SUM, Finish.WEIGHTED_SUM, Finish.PRODUCT));
            case 5 -> new Plan(2, Kind.LABORIOUS, HARD, 110, List.of(Finish.LARGE_WEIGHTED_SUM, Finish.LARGE_PRODUCT));
            case 6 -> new Plan(4, Kind.NOUNS, RATHER_MEDIUM, 65, List.of(Finish.SUM, Finish.WEIGHTED_SUM));
            case 7 -> new Plan(3, Kind.LABORIOUS, HARD, 90, List.of(Finish.WEIGHTED_SUM));
            case 8 -> new Plan(4, Kind.LONG, LABORIOUS, 95, List.of(Finish.SUM));
            default -> throw new IllegalArgumentException("level " + level + " has no problems of several parts");
        };
    }

    /** A plan with a single finish takes no random number to choose it. */
    Finish finish(MersenneTwister random) {
        return finishes.size() == 1 ? finishes.getFirst() : random.pick(finishes);
    }
}
