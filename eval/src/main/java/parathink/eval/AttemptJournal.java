package parathink.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Journal;

/**
 * Writes the completions of one attempt into the run directory as they end, and hands back those that an interrupted run
 * had finished. Used by the attempt's thread.
 */
final class AttemptJournal implements Journal {
    private final Attempt attempt;
    private final Question question;
    private final Grade grade;
    private final Results results;
    private final BooleanSupplier stopping;
    private final Map<String, CompletionLine> earlier = new HashMap<>();
    private final Map<String, CompletionLine> written = new HashMap<>();
    private final List<Completion> completions = new ArrayList<>();
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
    public void ended(Completion completion) {
        if (stopping.getAsBoolean()) {
            return;
        }
        completions.add(completion);
        if (recorded(completion.path()).equals(Optional.of(completion.insideThinking(false)))) {
            replayed += completion.tokens();
            return;
        }
        var answer = question.answerIn(completion.answerText());
        write(CompletionLine.of(
                attempt, completion, answer.map(found -> found.canonical()), grade.of(answer), Optional.empty()));
    }

    /** The completions of this attempt, in the order of their paths. */
    List<Completion> completions() {
        return completions.stream()
                .sorted((a, b) -> ForkPath.ORDER.compare(a.path(), b.path()))
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
