package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trials to test with, written in shorthand. */
final class Cases {
    private Cases() {}

    /**
     * A trial that is decided by plurality, ties to the first seen, with the reference {@code r}.
     *
     * @param answers one word a completion: an answer; {@code -} for none; with {@code !} behind, cut off by a limit; with
     *     {@code ?} behind, its text states the right answer
     */
    static Trial trial(String problem, int repeat, String answers) {
        var draws = new ArrayList<Draw>();
        for (var word : answers.split(" ", -1)) {
            draws.add(draw(word));
        }
        var answer = mostFrequent(draws);
        long votes = draws.stream().filter(draw -> draw.answer().equals(answer)).count();
        return new Trial(
                problem,
                repeat,
                answer.equals(Optional.of("r")) ? Trial.Outcome.RIGHT : Trial.Outcome.WRONG,
                answer,
                answer.isPresent() ? OptionalDouble.of((double) votes / draws.size()) : OptionalDouble.empty(),
                draws);
    }

    static Trial trial(String problem, String answers) {
        return trial(problem, 0, answers);
    }

    private static Draw draw(String word) {
        var said = word.replaceAll("[!?]", "");
        var answer = Optional.of(said).filter(text -> !text.equals("-"));
        return new Draw(
                true,
                answer,
                answer,
                said.equals("r"),
                word.contains("!") ? Draw.End.LIMIT : Draw.End.ITSELF,
                word.contains("?"),
                Optional.empty(),
                10,
                Scores.NONE);
    }

    static Draw scored(String answer, double score) {
        return new Draw(
                true,
                Optional.of(answer).filter(text -> !text.equals("-")),
                Optional.empty(),
                answer.equals("r"),
                Draw.End.ITSELF,
                false,
                Optional.empty(),
                10,
                Scores.of(
                        OptionalDouble.of(score),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
    }

    static Draw ofLength(boolean right, int tokens) {
        return new Draw(
                true,
                Optional.of(right ? "r" : "w"),
                Optional.empty(),
                right,
                Draw.End.ITSELF,
                false,
                Optional.empty(),
                tokens,
                Scores.NONE);
    }

    /** A trial of given draws, wrong as a whole. */
    static Trial of(String problem, List<Draw> draws) {
        return of(problem, 0, draws);
    }

    static Trial of(String problem, int repeat, List<Draw> draws) {
        return new Trial(problem, repeat, Trial.Outcome.WRONG, Optional.empty(), OptionalDouble.empty(), draws);
    }

    /** A trial with an answer that had a share of the vote. */
    static Trial voted(String problem, int repeat, double share, boolean right) {
        return new Trial(
                problem,
                repeat,
                right ? Trial.Outcome.RIGHT : Trial.Outcome.WRONG,
                Optional.of(right ? "r" : "w"),
                OptionalDouble.of(share),
                List.of(draw("r"), draw("w")));
    }

    private static Optional<String> mostFrequent(List<Draw> draws) {
        Optional<String> best = Optional.empty();
        long most = 0;
        for (var draw : draws) {
            long votes = draws.stream()
                    .filter(other -> draw.answer().isPresent() && other.answer().equals(draw.answer()))
                    .count();
            if (votes > most) {
                most = votes;
                best = draw.answer();
            }
        }
        return best;
    }
}
