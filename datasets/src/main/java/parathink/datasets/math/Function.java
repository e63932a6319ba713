package parathink.datasets.math;

import java.util.Locale;
import java.util.Map;

/** The functions that are worked out; the rest stay text. */
enum Function {
    SIN,
    COS,
    TAN,
    COT,
    SEC,
    CSC,
    ARCSIN,
    ARCCOS,
    ARCTAN,
    ARCCOT,
    ARCSEC,
    ARCCSC,
    SINH,
    COSH,
    TANH,
    LN,
    /** Arguments: base, then value. */
    LOG,
    EXP,
    ABS,
    FLOOR,
    CEIL,
    FACTORIAL,
    DOUBLE_FACTORIAL,
    BINOMIAL,
    GCD,
    LCM,
    MIN,
    MAX,
    RE,
    IM;

    private static final Map<Function, Function> TRIGONOMETRIC =
            Map.of(SIN, ARCSIN, COS, ARCCOS, TAN, ARCTAN, COT, ARCCOT, SEC, ARCSEC, CSC, ARCCSC);

    boolean trigonometric() {
        return TRIGONOMETRIC.containsKey(this);
    }

    /** The inverse that a power of -1 on the function's name stands for. */
    Function inverse() {
        if (!trigonometric()) {
            throw new Unreadable("no inverse of " + this);
        }
        return TRIGONOMETRIC.get(this);
    }

    /** Functions of whole numbers, for which formulas are compared at whole numbers. */
    boolean discrete() {
        return switch (this) {
            case FLOOR, CEIL, FACTORIAL, DOUBLE_FACTORIAL, BINOMIAL, GCD, LCM -> true;
            case SIN, COS, TAN, COT, SEC, CSC, ARCSIN, ARCCOS, ARCTAN, ARCCOT, ARCSEC, ARCCSC, SINH, COSH, TANH ->
                false;
            case LN, LOG, EXP, ABS, MIN, MAX, RE, IM -> false;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
