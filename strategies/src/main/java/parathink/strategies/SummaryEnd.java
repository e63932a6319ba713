package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.datasets.Answer;
import parathink.models.FinishReason;

/**
 * How the last word of a strategy ended: where its limit or the budget cut it short before its answer, those that it was to read may vote.
 *
 * @param answer of the summary
 * @param finish of the summary
 * @param otherwiseVote whether they may
 */
record SummaryEnd(Optional<Answer> answer, FinishReason finish, boolean otherwiseVote) {
    static final Setting OTHERWISE = new Setting(
            "otherwise",
            "vote",
            "where its limit or the budget ends the summary before an answer: vote (of what it was to read) or none");

    static boolean otherwiseVote(Settings settings) {
        return settings.isFirst(OTHERWISE.name(), "vote", "none");
    }

    Outcome outcome(Votes votes, Map<String, String> notes) {
        List<Vote> counted = votes.counted();
        if (answer.isPresent() || finish == FinishReason.STOP || !otherwiseVote || counted.isEmpty()) {
            return Outcome.noting(answer, counted, notes);
        }
        var noted = new TreeMap<>(notes);
        noted.put("answer", "vote, without a summary");
        return Outcome.noting(Optional.of(counted.getFirst().answer()), counted, noted);
    }
}
