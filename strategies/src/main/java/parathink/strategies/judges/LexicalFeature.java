package parathink.strategies.judges;

import java.util.Locale;
import java.util.Set;

/** What the lexical judge measures of two texts; the same whichever comes first. */
public enum LexicalFeature {
    /** Numbers that both have, of those that either has. */
    NUMBERS_SHARED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return shared(a.numbers(), b.numbers());
        }
    },
    /** Numbers that both have, of those of the text that has fewer. */
    NUMBERS_CONTAINED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            int fewer = Math.min(a.numbers().size(), b.numbers().size());
            return fewer == 0 ? 0 : (double) common(a.numbers(), b.numbers()) / fewer;
        }
    },
    /** Different values after an equals sign that both have, of those that either has. */
    RESULTS_SHARED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return shared(Set.copyOf(a.results()), Set.copyOf(b.results()));
        }
    },
    /** How many of the last values after an equals sign of each text occur among those of the other: 0, 0.5 or 1. */
    LAST_RESULT_SHARED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return (lastIsIn(a, b) + lastIsIn(b, a)) / 2.0;
        }
    },
    /** Whether the last values after an equals sign are the same. */
    LAST_RESULT_SAME {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return !a.results().isEmpty()
                            && !b.results().isEmpty()
                            && a.results().getLast().equals(b.results().getLast())
                    ? 1
                    : 0;
        }
    },
    /** Of the last few numbers of each text, those that both have. */
    LATE_SHARED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return shared(a.late(), b.late());
        }
    },
    /** Names to which both texts give the same value: ln(1 + n). */
    NAMED_AGREE {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return StrictMath.log1p(named(a, b, true));
        }
    },
    /** Names to which the texts give different values: ln(1 + n). */
    NAMED_CONFLICT {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return StrictMath.log1p(named(a, b, false));
        }
    },
    /** Whether both announce a conclusion, and the same one. */
    CONCLUSION_SAME {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return conclude(a, b) && a.conclusion().equals(b.conclusion()) ? 1 : 0;
        }
    },
    /** Whether both announce a conclusion, and another one. */
    CONCLUSION_DIFFERS {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return conclude(a, b) && !a.conclusion().equals(b.conclusion()) ? 1 : 0;
        }
    },
    /** Pairs of neighbouring words that both have, of those that either has. */
    PHRASES_SHARED {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return shared(a.phrases(), b.phrases());
        }
    },
    /** How many times as long the longer text is: the natural logarithm. */
    LENGTHS_DIFFER {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return Math.abs(StrictMath.log((a.length() + 1.0) / (b.length() + 1.0)));
        }
    },
    /** Words of both texts that take something back: ln(1 + n). */
    HESITATIONS {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return StrictMath.log1p(a.hesitations() + b.hesitations());
        }
    },
    /** How many times as many such words one has as the other, one more in each: the natural logarithm. */
    HESITATIONS_DIFFER {
        @Override
        double of(LexicalReading a, LexicalReading b) {
            return Math.abs(StrictMath.log((a.hesitations() + 1.0) / (b.hesitations() + 1.0)));
        }
    };

    abstract double of(LexicalReading a, LexicalReading b);

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double shared(Set<String> a, Set<String> b) {
        int common = common(a, b);
        int all = a.size() + b.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }

    private static int common(Set<String> a, Set<String> b) {
        return (int) a.stream().filter(b::contains).count();
    }

    private static int lastIsIn(LexicalReading a, LexicalReading b) {
        return !a.results().isEmpty() && b.results().contains(a.results().getLast()) ? 1 : 0;
    }

    private static int named(LexicalReading a, LexicalReading b, boolean same) {
        return (int) a.named().entrySet().stream()
                .filter(entry -> b.named().containsKey(entry.getKey())
                        && b.named().get(entry.getKey()).equals(entry.getValue()) == same)
                .count();
    }

    private static boolean conclude(LexicalReading a, LexicalReading b) {
        return a.conclusion().isPresent() && b.conclusion().isPresent();
    }
}
