package parathink.datasets.generated;

/** How large the numbers of a part are. */
enum Difficulty {
    EASY,
    MEDIUM,
    HARD;

    /** The bound that belongs to this difficulty. */
    int of(int easy, int medium, int hard) {
        return switch (this) {
            case EASY -> easy;
            case MEDIUM -> medium;
            case HARD -> hard;
        };
    }
}
