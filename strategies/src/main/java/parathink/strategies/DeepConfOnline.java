package parathink.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.ConfidenceWatch;
import parathink.models.FinishReason;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Online DeepConf (Fu et al., 2025, arXiv 2508.15260, section 3.3): a few completions in full set the least confidence that a
 * group of tokens may have; of the further ones, each is ended the moment it falls below. Those that did not fall below vote
 * with the confidence of their lowest group, until they agree or all are drawn.
 *
 * @param branches completions drawn at most, those of the warm-up among them
 * @param warmup completions drawn in full first
 * @param keep percentage of the warm-up that the least confidence keeps, above 0 and at most 100
 * @param window tokens in a group; a shorter text is one group, and is never ended
 * @param candidates most probable tokens whose log-probabilities are a token's confidence
 * @param parallel further completions decoded side by side
 * @param consensus share of all weight at which no more are drawn; 0 to draw them all, as the authors' code does
 */
public record DeepConfOnline(
        int branches,
        int warmup,
        double keep,
        int window,
        int candidates,
        int parallel,
        double consensus,
        SamplingParams sampling)
        implements Strategy {
    public DeepConfOnline {
        Checks.branches(branches);
        Checks.percentage("keep", keep);
        Checks.atLeast("warmup", warmup, 1);
        Checks.atLeast("window", window, 1);
        Checks.atLeast("candidates", candidates, 1);
        Checks.window("parallel", parallel, 1);
        Checks.between("consensus", consensus, 0, 1);
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
        var windows = new Windows(trunk, branches, parallel);
        var poll = new Poll(question);
        double floor = warmUp(session, windows, poll);
        while (windows.hasNext() && !poll.agrees()) {
            var watch = new ConfidenceWatch(candidates, window, floor);
            for (var completion : session.asCompleted(windows.next(), StopRule.watching(watch))) {
                poll.hear(completion, windows.place(completion), floor);
                if (poll.agrees()) {
                    windows.cancel("consensus");
                    break;
                }
            }
        }
        return poll.votes.outcome(
                poll.scores,
                Map.of("stop", poll.agrees() ? "consensus" : windows.end(), "floor", Double.toString(floor)));
    }

    @Override
    public Measures measures() {
        return Measures.ofCandidates(candidates);
    }

    /** Draws the first completions in full; the least confidence that further ones may have. */
    private double warmUp(Session session, Windows windows, Poll poll) {
        var measuring = StopRule.watching(ConfidenceWatch.measuring(candidates, window));
        var full = session.decodeAll(windows.next(warmup), measuring);
        var lowest = new ArrayList<Double>();
        for (var completion : full) {
            if (completion.confidence().isKnown()) {
                lowest.add(completion.confidence().lowestGroup());
            }
        }
        double floor = lowest.isEmpty() ? 0 : Trace.threshold(lowest, keep);
        for (var completion : full) {
            poll.hear(completion, windows.place(completion), floor);
        }
        return floor;
    }

    /** The votes of one problem as they come in. */
    private final class Poll {
        private final Question question;
        private final Votes votes;
        private final Map<String, Double> scores = new HashMap<>();

        Poll(Question question) {
            this.question = question;
            this.votes = new Votes(question.format());
        }

        /** A text shorter than a group is never ended; below the floor, it has no vote all the same, as in the authors' code. */
        void hear(Completion completion, int place, double floor) {
            if (completion.finish() == FinishReason.CANCELLED) {
                return;
            }
            question.answerIn(completion.answerText()).ifPresent(answer -> {
                Trace.requireConfidence(completion);
                double confidence = completion.confidence().lowestGroup();
                scores.put(completion.path(), confidence);
                if (confidence >= floor) {
                    votes.add(answer, confidence, place);
                }
            });
        }

        boolean agrees() {
            return consensus > 0 && votes.leadShare() >= consensus;
        }
    }
}
