package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parathink.datasets.Answer;

/** What a strategy came to, with the votes that led there. */
public sealed interface Outcome {
    /** The votes, most first. */
    List<Vote> votes();

    /** What a verifier said of the completions, by path; empty for strategies without one. */
    Map<String, Double> scores();

    /** What else the strategy has to say for the record. */
    Map<String, String> notes();

    /** The outcome of a single completion, or of a choice that was not a vote. */
    static Outcome of(Optional<Answer> answer, List<Vote> votes, Map<String, Double> scores) {
        return of(answer, votes, scores, Map.of());
    }

    /** The outcome of a choice that was not a vote, with what the strategy has to say of it. */
    static Outcome of(
            Optional<Answer> answer, List<Vote> votes, Map<String, Double> scores, Map<String, String> notes) {
        return answer.<Outcome>map(given -> new Answered(given, votes, scores, notes))
                .orElseGet(() -> new Unanswered(votes, scores, notes));
    }

    /** The outcome of a completion that read the ones that voted. */
    static Outcome noting(Optional<Answer> answer, List<Vote> votes, Map<String, String> notes) {
        return of(answer, votes, Map.of(), notes);
    }

    /** The outcome of a single completion: its answer has the only vote. */
    static Outcome of(Optional<Answer> answer) {
        return of(answer, answer.map(given -> List.of(new Vote(given, 1, 1))).orElse(List.of()), Map.of());
    }

    /** One answer. */
    record Answered(Answer answer, List<Vote> votes, Map<String, Double> scores, Map<String, String> notes)
            implements Outcome {
        public Answered {
            Objects.requireNonNull(answer, "answer");
            votes = List.copyOf(votes);
            scores = Map.copyOf(scores);
            notes = Map.copyOf(notes);
        }
    }

    /** No answer: none was found, or the strategy abstained. */
    record Unanswered(List<Vote> votes, Map<String, Double> scores, Map<String, String> notes) implements Outcome {
        public Unanswered {
            votes = List.copyOf(votes);
            scores = Map.copyOf(scores);
            notes = Map.copyOf(notes);
        }
    }
}
