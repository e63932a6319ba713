package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which drafts a workspace may be made of: all, or, to see what anchors a model, only right or only wrong ones. */
public enum DraftUse {
    NORMAL,
    ORACLE_RIGHT,
    ORACLE_WRONG;

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The drafts to read: as many as there are, those that may be read being repeated in turn; none, where none may be. A draft
     * without an answer is neither right nor wrong.
     */
    List<Draft> of(List<Draft> drafts, Oracle oracle) {
        var readable = switch (this) {
            case NORMAL -> drafts;
            case ORACLE_RIGHT -> answered(drafts, oracle, true);
            case ORACLE_WRONG -> answered(drafts, oracle, false);
        };
        var filled = new ArrayList<Draft>();
        for (int i = 0; i < drafts.size() && !readable.isEmpty(); i++) {
            filled.add(readable.get(i % readable.size()));
        }
        return filled;
    }

    private static List<Draft> answered(List<Draft> drafts, Oracle oracle, boolean right) {
        return drafts.stream()
                .filter(draft -> draft.answer().isPresent()
                        && oracle.isRight(draft.answer().get()) == right)
                .toList();
    }
}
