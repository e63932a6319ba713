package parathink.strategies.judges;

import java.nio.file.Path;
import java.util.Locale;

/** The judges there are. */
public enum JudgeKind {
    /** The model that solves, in the form it was taught or by instructions. */
    OWN {
        @Override
        Judge judge(LexicalJudge lexical) {
            return new ModelJudge();
        }
    },
    /** Another model, which the session's engine was opened with. */
    MODEL {
        @Override
        Judge judge(LexicalJudge lexical) {
            return new ModelJudge(true);
        }
    },
    /** Numbers and statements that two texts share; no model. */
    LEXICAL {
        @Override
        Judge judge(LexicalJudge lexical) {
            return lexical;
        }
    },
    /** The recorded ends of the texts: what a perfect judge would achieve. A diagnostic, no method. */
    ORACLE {
        @Override
        Judge judge(LexicalJudge lexical) {
            return new OracleJudge();
        }
    };

    abstract Judge judge(LexicalJudge lexical);

    /** A judge of this kind; a lexical one with the coefficients that come with the program. */
    public Judge judge() {
        return judge(LexicalJudge.builtIn());
    }

    /**
     * A judge of this kind.
     *
     * @param coefficients of a lexical one
     * @throws IllegalArgumentException for a file that is none, or a judge that has no coefficients
     */
    public Judge judge(Path coefficients) {
        if (this != LEXICAL) {
            throw new IllegalArgumentException(
                    "judge '%s' has no coefficients to set; leave them out".formatted(word()));
        }
        return judge(LexicalJudge.read(coefficients));
    }

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
