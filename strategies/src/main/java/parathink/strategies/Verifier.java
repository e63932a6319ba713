package parathink.strategies;

import java.util.Locale;
import java.util.Optional;
import parathink.datasets.Question;
import parathink.models.Completion;

/** Scores a completion without the reference; never to be confused with grading. More is better. */
public enum Verifier {
    /** Mean log-probability of the completion's tokens; as a weight, its exponential (Wang et al., 2022, section 3.1). */
    LOGPROB {
        @Override
        double score(Question question, Completion completion) {
            return completion.logprob().orElseThrow();
        }

        @Override
        double weight(double score) {
            return StrictMath.exp(score);
        }
    },
    /** Mean divergence of the next-token distributions from the uniform one (Kang et al., 2025). */
    SELF_CERTAINTY {
        @Override
        double score(Question question, Completion completion) {
            return completion.selfCertainty().orElseThrow();
        }

        @Override
        double weight(double score) {
            return Math.max(0, score);
        }
    },
    /** The task's own rules: 1 for an answer that obeys them, 0 for any other (Countdown: uses the numbers, hits the target). */
    RULE {
        @Override
        double score(Question question, Completion completion) {
            return question.answerIn(completion.answerText())
                            .flatMap(question.format()::holds)
                            .orElse(false)
                    ? 1
                    : 0;
        }

        @Override
        double weight(double score) {
            return score;
        }

        @Override
        Optional<String> objection(Question question) {
            return question.format().checksByRule()
                    ? Optional.empty()
                    : Optional.of(
                            "verifier=rule needs a task whose answers can be checked by its rules, such as countdown; "
                                    + "'%s' answers cannot"
                                            .formatted(question.format().name()));
        }
    };

    /** The score of a completion that has an answer. */
    abstract double score(Question question, Completion completion);

    /** What a vote with this score counts. */
    abstract double weight(double score);

    Optional<String> objection(Question question) {
        return Optional.empty();
    }

    /** The word used in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
