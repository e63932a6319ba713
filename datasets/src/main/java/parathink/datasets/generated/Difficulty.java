package parathink.datasets.generated;

import java.util.List;

/** How large the numbers of a part are. */
enum Difficulty {
    EASY,
    MEDIUM,
    HARD,
    LABORIOUS;

    /** Those that every kind of part has. */
    static final List<Difficulty> COMMON = List.of(EASY, MEDIUM, HARD);

    /** The bound that belongs to this difficulty, for a kind of part that is never laborious. */
    int of(int easy, int medium, int hard) {
        return switch (this) {
            case EASY -> easy;
            case MEDIUM -> medium;
            case HARD -> hard;
            case LABORIOUS -> throw new IllegalArgumentException("this kind of part is never laborious");
        };
    }

    /** The bound that belongs to this difficulty. */
    int of(int easy, int medium, int hard, int laborious) {
        return this == LABORIOUS ? laborious : of(easy, medium, hard);
    }
}
