package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.datasets.Question;
import parathink.datasets.TextAnswers;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.Usage;

/** What a strategy made of a scripted model, on the true engine. */
record Solved(Outcome outcome, Usage usage, List<Completion> completions) {
    static final Question QUESTION = new Question("two and two?", new TextAnswers());

    static Solved by(Strategy strategy, ScriptedModel model, Budget budget) {
        return by(strategy, new LocalEngine(model), budget);
    }

    /** On any engine, which is closed afterwards. */
    static Solved by(Strategy strategy, Engine opened, Budget budget) {
        var completions = new ArrayList<Completion>();
        var journal = new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.empty();
            }

            @Override
            public void ended(Completion completion) {
                completions.add(completion);
            }
        };
        try (var engine = opened) {
            var session = engine.open("p", budget, Seed.of(1), journal);
            Outcome outcome;
            try {
                outcome = strategy.solve(QUESTION, session);
            } finally {
                session.close(); // its bill is whole only then
            }
            return new Solved(outcome, session.usage(), completions);
        }
    }

    static Solved by(Strategy strategy, String... scripts) {
        return by(strategy, new ScriptedModel(scripts), Budget.UNLIMITED);
    }

    /** The answer, or nothing. */
    String answer() {
        return switch (outcome) {
            case Outcome.Answered answered -> answered.answer().canonical();
            case Outcome.Unanswered unanswered -> "";
        };
    }
}
