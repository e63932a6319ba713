package parathink.strategies;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.ModelException;
import parathink.models.Session;

/** Scores a completion without the reference; never to be confused with grading. More is better. */
public enum Verifier {
    /** Mean log-probability of the completion's tokens; as a weight, its exponential (Wang et al., 2022, section 3.1). */
    LOGPROB {
        @Override
        OptionalDouble score(Question question, Completion completion) {
            return measured(completion, completion.logprob());
        }

        @Override
        double weight(double score) {
            return StrictMath.exp(score);
        }
    },
    /** Mean divergence of the next-token distributions from the uniform one (Kang et al., 2025). */
    SELF_CERTAINTY {
        @Override
        OptionalDouble score(Question question, Completion completion) {
            return measured(completion, completion.selfCertainty());
        }

        @Override
        double weight(double score) {
            return Math.max(0, score);
        }
    },
    /** What a reward model gives it, or gave it when it was recorded: the column {@code score} of a pool. */
    SCORE {
        @Override
        List<OptionalDouble> scores(Question question, List<Completion> completions, Session session) {
            return session.rewards(question.asked(), completions);
        }

        @Override
        OptionalDouble score(Question question, Completion completion) {
            return completion.recorded().score();
        }

        @Override
        double weight(double score) {
            return Math.max(0, score);
        }
    },
    /** The task's own rules: 1 for an answer that obeys them, 0 for any other (Countdown: uses the numbers, hits the target). */
    RULE {
        @Override
        OptionalDouble score(Question question, Completion completion) {
            return question.answerIn(completion.answerText())
                            .flatMap(question.format()::holds)
                            .orElse(false)
                    ? OptionalDouble.of(1)
                    : OptionalDouble.of(0);
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

    /**
     * The scores of completions that have an answer, in their order.
     *
     * @throws ModelException when a whole completion does not have what this verifier needs
     */
    List<OptionalDouble> scores(Question question, List<Completion> completions, Session session) {
        return completions.stream()
                .map(completion -> score(question, completion))
                .toList();
    }

    /**
     * The score of a completion that has an answer; nothing for one that was cut off before it could be known.
     *
     * @throws ModelException when a whole completion does not have what this verifier needs
     */
    abstract OptionalDouble score(Question question, Completion completion);

    OptionalDouble measured(Completion completion, OptionalDouble value) {
        if (value.isEmpty() && completion.finish() == FinishReason.STOP) {
            throw new ModelException(
                    ModelException.Kind.UNABLE,
                    "this strategy needs the %s of every completion, and completion %s has none; choose another verifier or model"
                            .formatted(word(), completion.path()));
        }
        return value;
    }

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
