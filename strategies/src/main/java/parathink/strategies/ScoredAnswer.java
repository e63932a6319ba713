package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import parathink.datasets.Answer;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Session;

/**
 * An answer with what a verifier says of the completion that gave it.
 *
 * @param path of the completion
 * @param score nothing for a completion that was cut off before it could be known, or is longer than the verifier reads
 */
record ScoredAnswer(String path, Answer answer, OptionalDouble score) {

    /** The answered ones among some completions, in their order. */
    static List<ScoredAnswer> of(Question question, List<Completion> completions, Verifier verifier, Session session) {
        var answered = new ArrayList<Completion>();
        var answers = new ArrayList<Answer>();
        for (var completion : completions) {
            question.answerIn(completion.answerText()).ifPresent(answer -> {
                answered.add(completion);
                answers.add(answer);
            });
        }
        var scores = verifier.scores(question, answered, session);
        var scored = new ArrayList<ScoredAnswer>();
        for (int i = 0; i < answered.size(); i++) {
            scored.add(new ScoredAnswer(answered.get(i).path(), answers.get(i), scores.get(i)));
        }
        return scored;
    }

    /** For the record: how many answers no verifier has spoken of. */
    static Map<String, String> notes(List<ScoredAnswer> scored) {
        long missing = scored.stream().filter(one -> one.score().isEmpty()).count();
        return missing > 0 ? Map.of("not scored", Long.toString(missing)) : Map.of();
    }
}
