package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where right answers are lost on the way from the model to the strategy's answer, attempt by attempt. The counts of all fates
 * add up to all attempts.
 *
 * @param cases attempts by fate, every fate present, in the order of the run
 */
public record Waterfall(Map<Fate, List<Case>> cases) {

    /**
     * An attempt with the counts that decided its fate.
     *
     * @param completions judges left out
     * @param right completions with a right answer
     * @param stated completions that ended by themselves and state the right answer without giving it as theirs
     * @param cut completions that a limit ended
     * @param cutStating those of them that had stated the right answer
     */
    public record Case(
            String problem, int repeat, Fate fate, int completions, int right, int stated, int cut, int cutStating) {
        static Case of(Trial trial) {
            var draws = trial.draws();
            return new Case(
                    trial.problem(),
                    trial.repeat(),
                    Fate.of(trial),
                    draws.size(),
                    (int) draws.stream().filter(Draw::right).count(),
                    (int) draws.stream()
                            .filter(draw -> draw.states() && draw.ended() == Draw.End.ITSELF)
                            .count(),
                    (int) draws.stream().filter(Draw::isCutOff).count(),
                    (int) draws.stream()
                            .filter(draw -> draw.states() && draw.isCutOff())
                            .count());
        }
    }

    public Waterfall {
        var copy = new EnumMap<Fate, List<Case>>(Fate.class);
        for (var fate : Fate.values()) {
            copy.put(fate, List.copyOf(cases.getOrDefault(fate, List.of())));
        }
        cases = Collections.unmodifiableMap(copy);
    }

    public static Waterfall of(List<Trial> trials) {
        var cases = new EnumMap<Fate, List<Case>>(Fate.class);
        for (var trial : trials) {
            var found = Case.of(trial);
            cases.computeIfAbsent(found.fate(), fate -> new ArrayList<>()).add(found);
        }
        return new Waterfall(cases);
    }

    public int count(Fate fate) {
        return cases.get(fate).size();
    }

    /** Attempts by fate, every fate present. */
    public Map<Fate, Integer> counts() {
        var counts = new EnumMap<Fate, Integer>(Fate.class);
        cases.forEach((fate, list) -> counts.put(fate, list.size()));
        return Collections.unmodifiableMap(counts);
    }

    public int attempts() {
        return cases.values().stream().mapToInt(List::size).sum();
    }
}
