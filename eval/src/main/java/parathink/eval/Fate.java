package parathink.eval;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of one attempt: each has exactly one fate, so that the counts add up. */
public enum Fate {
    RIGHT("right", "The strategy's answer is right."),
    LOST_VOTE("lost the vote", "A right answer was among the completions; the strategy gave another one, or none."),
    NEVER_SAMPLED("never sampled right", "No completion had the right answer."),
    CUT_OFF("cut off", "No completion was right, and at least half of them were ended by a limit."),
    NO_ANSWER("no answer", "No completion was right, and the strategy gave no answer."),
    ERROR("error", "The attempt failed."),
    UNGRADED("not graded", "There is no reference to grade by.");

    private final String label;
    private final String meaning;

    Fate(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Attempts of a run by fate, every fate present. */
    static Map<Fate, Integer> count(RunDirectory directory) {
        var fates = new EnumMap<Fate, Integer>(Fate.class);
        for (var fate : values()) {
            fates.put(fate, 0);
        }
        for (var line : directory.problems()) {
            fates.merge(of(line, directory.draws(line.attempt())), 1, Integer::sum);
        }
        return fates;
    }

    /** The fate of an attempt, given its completions (judges may be among them). */
    static Fate of(ProblemLine line, List<RunDirectory.Draw> draws) {
        if (line.status() == ProblemLine.Status.ERROR) {
            return ERROR;
        }
        if (!line.isGraded()) {
            return UNGRADED;
        }
        if (line.isRight()) {
            return RIGHT;
        }
        if (line.oracle()) {
            return LOST_VOTE;
        }
        var answering = draws.stream().filter(RunDirectory.Draw::isAnswering).toList();
        long cut = answering.stream().filter(draw -> draw.finish().isCutOff()).count();
        if (cut > 0 && 2 * cut >= answering.size()) {
            return CUT_OFF;
        }
        return line.answer().isPresent() ? NEVER_SAMPLED : NO_ANSWER;
    }

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words shown. */
    public String label() {
        return label;
    }

    /** One sentence that says when an attempt has this fate. */
    public String meaning() {
        return meaning;
    }
}
