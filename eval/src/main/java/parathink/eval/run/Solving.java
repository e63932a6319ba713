package parathink.eval.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import parathink.datasets.Answer;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.FinishCounts;
import parathink.eval.directory.Json;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.VoteCount;
import parathink.eval.grading.Grade;
import parathink.models.Engine;
import parathink.models.ModelException;
import parathink.models.Seed;
import parathink.models.Usage;
import parathink.strategies.Outcome;
import parathink.strategies.Strategy;

/** One attempt at one problem, from the opening of its session to its lines in the run directory. Used by one thread. */
final class Solving {
    private final RunSpec spec;
    private final Problem problem; // with its options in the order of this attempt
    private final List<Integer> order;
    private final Attempt attempt;
    private final Results results;
    private final BooleanSupplier stopping;
    private final Grade grade;
    private final AttemptJournal journal;
    private final Representatives representatives;

    private Usage usage = Usage.NONE;
    private Map<String, String> remarks = Map.of(); // of the session

    Solving(
            RunSpec spec,
            Problem problem,
            Attempt attempt,
            Results results,
            Collection<CompletionLine> earlier,
            BooleanSupplier stopping) {
        this.spec = spec;
        this.order = problem.order(spec.seed(), attempt.repeat());
        this.problem = remembering(problem.inOrder(order));
        this.attempt = attempt;
        this.results = results;
        this.stopping = stopping;
        this.grade = new Grade(this.problem);
        this.journal = new AttemptJournal(attempt, this.problem.question(), grade, results, earlier, stopping);
        this.representatives = new Representatives(this.problem.question().format());
    }

    private static Problem remembering(Problem problem) {
        var asked = problem.question();
        var question = new Question(asked.text(), asked.choices(), new RememberedAnswers(asked.format()));
        return new Problem(problem.id(), question, problem.reference(), problem.shuffled());
    }

    /** Solves the problem and writes what came of it; nothing when the run was interrupted meanwhile. */
    Optional<ProblemLine> solve(Strategy strategy, Engine engine) {
        var seed = Seed.of(spec.seed()).child(problem.id()).child(attempt.repeat());
        Optional<Outcome> outcome = Optional.empty();
        Optional<String> error = Optional.empty();
        var session = engine.open(problem.id(), spec.tokens(), seed, journal);
        try {
            outcome = Optional.of(strategy.solve(problem.question(), session, grade.oracle(strategy)));
        } catch (ResultsException e) {
            throw e; // no problem's fault: the directory cannot be written
        } catch (OutOfMemoryError e) {
            error = Optional.of("not enough memory for this problem: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            if (e instanceof ModelException model
                    && (model.kind() == ModelException.Kind.UNABLE || model.kind() == ModelException.Kind.HALTED)) {
                throw model; // no other problem would fare better
            }
            error = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            session.close(); // ends what is still out, so that it is told and on the bill
        }
        if (stopping.getAsBoolean()) {
            return Optional.empty();
        }
        if (error.isEmpty() && journal.failure().isPresent()) {
            error = journal.failure();
            outcome = Optional.empty();
        }
        usage = session.usage();
        remarks = session.notes();
        var line = line(outcome, error, writeCompletions(outcome));
        results.append(line);
        return Optional.of(line);
    }

    /** Tokens decoded in this process. */
    long decoded() {
        return usage.work() - journal.replayed();
    }

    private record Draws(FinishCounts finish, boolean oracle) {}

    /** Writes every completion in its final form: equal answers spelled alike, with the verifier's score. */
    private Draws writeCompletions(Optional<Outcome> outcome) {
        var scores = outcome.map(Outcome::scores).orElse(Map.of());
        var finish = new ArrayList<Finish>();
        boolean oracle = false;
        for (var graded : journal.completions()) {
            var completion = graded.completion();
            oracle |= graded.correct().orElse(false);
            finish.add(Finish.of(completion.finish()));
            var score = Optional.ofNullable(scores.get(completion.path()));
            journal.write(CompletionLine.of(
                    attempt,
                    completion,
                    graded.answer().map(representatives::of),
                    graded.answer().map(Answer::raw),
                    graded.correct(),
                    score));
        }
        return new Draws(FinishCounts.of(finish), oracle);
    }

    private ProblemLine line(Optional<Outcome> outcome, Optional<String> error, Draws draws) {
        var answer = outcome.flatMap(Solving::answer);
        var votes = outcome.map(Outcome::votes).orElse(List.of()).stream()
                .map(vote -> new VoteCount(representatives.of(vote.answer()), vote.count(), vote.weight()))
                .toList();
        return new ProblemLine(
                attempt.problem(),
                attempt.repeat(),
                status(answer, error),
                answer.map(representatives::of),
                problem.reference(),
                grade.of(answer),
                draws.oracle(),
                votes,
                usage,
                draws.finish(),
                error,
                notes(outcome),
                Optional.of(problem.question().asked()),
                Optional.of(problem.question().format().name()));
    }

    private static ProblemLine.Status status(Optional<Answer> answer, Optional<String> error) {
        if (error.isPresent()) {
            return ProblemLine.Status.ERROR;
        }
        return answer.isPresent() ? ProblemLine.Status.ANSWERED : ProblemLine.Status.UNANSWERED;
    }

    private static Optional<Answer> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> Optional.of(answered.answer());
            case Outcome.Unanswered unanswered -> Optional.empty();
        };
    }

    private ObjectNode notes(Optional<Outcome> outcome) {
        var notes = Json.MAPPER.createObjectNode();
        outcome.ifPresent(known -> new TreeMap<>(known.notes()).forEach(notes::put));
        new TreeMap<>(remarks).forEach(notes::put);
        if (!order.isEmpty()) {
            var options = notes.putArray("options");
            order.forEach(options::add);
        }
        return notes;
    }
}
