package parathink.eval.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import parathink.datasets.Answer;
import parathink.datasets.Question;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.ForkPath;
import parathink.eval.directory.Results;
import parathink.eval.directory.TokenLine;
import parathink.eval.grading.Grade;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.TokenBlock;

/**
 * Writes the completions of one attempt into the run directory as they end, and hands back those that an interrupted run
 * had finished. Used by the attempt's thread, and by the decode loop while that waits.
 */
final class AttemptJournal implements Journal {
    private final Attempt attempt;
    private final Question question;
    private final Grade grade;
    private final Results results;
    private final BooleanSupplier stopping;
    private final Map<String, CompletionLine> earlier = new HashMap<>();
    private final Map<String, CompletionLine> written = new HashMap<>();
    private final Map<Optional<Answer>, Optional<Boolean>> grades = new HashMap<>();
    private final List<Graded> completions = new ArrayList<>();
    private final Map<String, TokenBlock> wholeTokens;
    private final Map<String, TokenBlock> cutTokens;
    private Optional<String> failure = Optional.empty();
    private long replayed;

    /**
     * Opens the journal of an attempt.
     *
     * @param earlier completions of this attempt that are in the files already
     * @param stopping says that the run is being interrupted, so that what ends now has not ended by itself
     */
    AttemptJournal(
            Attempt attempt,
            Question question,
            Grade grade,
            Results results,
            Collection<CompletionLine> earlier,
            BooleanSupplier stopping) {
        this.attempt = attempt;
        this.question = question;
        this.grade = grade;
        this.results = results;
        this.stopping = stopping;
        this.wholeTokens = results.tokens(attempt, true);
        this.cutTokens = results.tokens(attempt, false);
        for (var line : earlier) {
            written.put(line.path(), line);
            if (line.finish() == Finish.STOP || line.finish() == Finish.LENGTH) {
                this.earlier.put(line.path(), line);
            }
        }
    }

    @Override
    public Optional<Completion> recorded(String path) {
        return Optional.ofNullable(earlier.get(path)).map(CompletionLine::completion);
    }

    @Override
    public Optional<TokenBlock> tokens(String path) {
        return Optional.ofNullable((earlier.containsKey(path) ? wholeTokens : cutTokens).get(path));
    }

    /** Called by the decode loop too; what is kept is written and not remembered. */
    @Override
    public void keep(TokenBlock block) {
        if (!block.ended() || !stopping.getAsBoolean()) {
            results.append(new TokenLine(attempt.problem(), attempt.repeat(), block));
        }
    }

    @Override
    public void read(int tokens) {
        replayed += tokens;
    }

    @Override
    public void ended(Completion completion) {
        if (stopping.getAsBoolean()) {
            return;
        }
        var graded = graded(completion);
        completions.add(graded);
        if (recorded(completion.path()).equals(Optional.of(completion.insideThinking(false)))) {
            replayed += completion.tokens() + completion.count().lost();
            return;
        }
        var answer = graded.answer();
        write(CompletionLine.of(
                attempt,
                completion,
                answer.map(Answer::canonical),
                answer.map(Answer::raw),
                graded.correct(),
                Optional.empty()));
    }

    /**
     * A completion with what was found in it.
     *
     * @param correct empty when it cannot be graded
     */
    record Graded(Completion completion, Optional<Answer> answer, Optional<Boolean> correct) {}

    /** Reading an answer may fail; that is the problem's error, not the end of the session that tells of it. */
    private Graded graded(Completion completion) {
        try {
            if (!completion.role().answers()) {
                return new Graded(completion, Optional.empty(), Optional.empty());
            }
            var answer = question.answerIn(completion.answerText());
            return new Graded(completion, answer, grades.computeIfAbsent(answer, grade::of));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failure = Optional.of("the answer of completion %s cannot be read: %s".formatted(completion.path(), e));
            return new Graded(completion, Optional.empty(), Optional.empty());
        }
    }

    /** Why an answer could not be read, where one could not. */
    Optional<String> failure() {
        return failure;
    }

    /** The completions of this attempt, in the order of their paths. */
    List<Graded> completions() {
        return completions.stream()
                .sorted((a, b) -> ForkPath.ORDER.compare(
                        a.completion().path(), b.completion().path()))
                .toList();
    }

    /** Tokens that were decoded by an earlier, interrupted run. */
    long replayed() {
        return replayed;
    }

    /** Writes a line unless the file has it already. */
    void write(CompletionLine line) {
        if (!line.equals(written.put(line.path(), line))) {
            results.append(line);
        }
    }
}
