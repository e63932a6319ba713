package parathink.strategies.judges;

import java.util.Locale;

/** The judges there are. */
public enum JudgeKind {
    /** The model that solves, in the form it was taught or by instructions. */
    OWN {
        @Override
        public Judge judge() {
            return new ModelJudge();
        }
    },
    /** Another model, which the session's engine was opened with. */
    MODEL {
        @Override
        public Judge judge() {
            return new ModelJudge();
        }
    },
    /** Numbers and statements that two texts share; no model. */
    LEXICAL {
        @Override
        public Judge judge() {
            return LexicalJudge.builtIn();
        }
    },
    /** The recorded ends of the texts: what a perfect judge would achieve. A diagnostic, no method. */
    ORACLE {
        @Override
        public Judge judge() {
            return new OracleJudge();
        }
    };

    /** A judge of this kind. */
    public abstract Judge judge();

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
