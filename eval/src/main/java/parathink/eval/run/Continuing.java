package parathink.eval.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import parathink.datasets.Answer;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ContinuationLine;
import parathink.eval.directory.Continuations;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.grading.Grade;
import parathink.models.Budget;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.StopRule;

/**
 * Makes the branches of a run answer that a limit had cut off: the prompt and what there is of the text are read again, a closing
 * is put after it, and a few tokens are decoded greedily. What comes of it goes into {@code continuations.jsonl} beside the run,
 * on a bill of its own. A text that is read again may be cut into other tokens than it was decoded in. Used by one thread.
 */
public final class Continuing {
    private static final int AT_ONCE = 8;

    private final RunDirectory directory;
    private final RunSpec spec;
    private final Map<String, Problem> problems = new HashMap<>();
    private final Engine engine;
    private final SamplingParams sampling;
    private final Optional<String> closing;

    /**
     * Prepares the continuations of a run.
     *
     * @param dataset its problems
     * @param engine its model; closed by the caller
     * @param tokens the most that each may decode
     * @param closing what is put after a text; when empty, thinking is ended and a box is opened
     */
    public Continuing(
            RunDirectory directory,
            RunSpec spec,
            Dataset dataset,
            Engine engine,
            int tokens,
            Optional<String> closing) {
        this.directory = directory;
        this.spec = spec;
        dataset.problems().forEach(problem -> problems.put(problem.id(), problem));
        this.engine = engine;
        this.sampling = new SamplingParams(0, 0, 1, 0, tokens);
        this.closing = closing;
    }

    /**
     * Makes every branch answer that was cut off, and writes the file anew.
     *
     * @return one line a completion; those for which the model's context has no room are missing
     */
    public List<ContinuationLine> execute() {
        var lines = new ArrayList<ContinuationLine>();
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answering = new ArrayList<Future<List<ContinuationLine>>>();
            for (var line : directory.problems()) {
                answering.add(threads.submit(() -> {
                    places.acquire();
                    try {
                        return attempt(line);
                    } finally {
                        places.release();
                    }
                }));
            }
            for (var answered : answering) {
                lines.addAll(answered.get());
            }
        } catch (ExecutionException e) {
            throw new ResultsException(
                    "completions cannot be made to answer: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResultsException("interrupted while completions were made to answer", e);
        }
        write(lines);
        return lines;
    }

    private List<ContinuationLine> attempt(ProblemLine line) {
        var cut = directory.completions(line.attempt()).stream()
                .filter(completion -> Role.isOfTheQuestion(completion.role(), completion.round())
                        && completion.finish().isCutOff())
                .toList();
        if (cut.isEmpty()) {
            return List.of();
        }
        var problem = problem(line).inOrder(spec.seed(), line.repeat());
        var question = problem.question();
        var prompt = Prompt.user(question.asked(), question.instruction());
        boolean thinking = engine.render(prompt).stripTrailing().endsWith("<think>");
        var seed = Seed.of(spec.seed()).child(problem.id()).child(line.repeat());
        try (var session = engine.open(problem.id(), Budget.UNLIMITED, seed, Journal.NONE)) {
            var forks = session.start(prompt, sampling).fork(cut.size());
            var given = new ArrayList<CompletionLine>();
            var closings = new ArrayList<String>();
            var waiting = new ArrayList<Sequence>();
            for (int i = 0; i < forks.size(); i++) {
                var text = (thinking ? "<think>" : "") + cut.get(i).text();
                var end = closing.orElseGet(() -> closing(text));
                if (append(forks.get(i), cut.get(i).text() + end)) {
                    given.add(cut.get(i));
                    closings.add(end);
                    waiting.add(forks.get(i));
                }
            }
            var completions = session.decodeAll(waiting, StopRule.NONE);
            var lines = new ArrayList<ContinuationLine>();
            for (int i = 0; i < given.size(); i++) {
                var said = (thinking ? "<think>" : "")
                        + given.get(i).text()
                        + closings.get(i)
                        + completions.get(i).text();
                var answer = question.answerIn(said);
                lines.add(new ContinuationLine(
                        line.problem(),
                        line.repeat(),
                        given.get(i).path(),
                        closings.get(i),
                        completions.get(i).text(),
                        engine.tokens(given.get(i).text() + closings.get(i)).length,
                        completions.get(i).tokens(),
                        answer.map(found -> spelled(problem, line, found)),
                        new Grade(problem).of(answer)));
            }
            return lines;
        }
    }

    private Problem problem(ProblemLine line) {
        var problem = problems.get(line.problem());
        if (problem == null) {
            throw new ResultsException("problem '%s' of the run is not in the dataset".formatted(line.problem()));
        }
        return problem;
    }

    /** False when the model's context has no room for it: such a completion cannot be made to answer. */
    private static boolean append(Sequence sequence, String text) {
        try {
            sequence.append(text);
            return true;
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.FULL) {
                throw e;
            }
            sequence.cancel("context");
            return false;
        }
    }

    private static String closing(String text) {
        boolean open = text.lastIndexOf("<think>") > text.lastIndexOf("</think>");
        return (open ? "\n</think>\n\n" : "\n\n") + "Final answer: \\boxed{";
    }

    /** Like the equal answer that a completion of the attempt gave, if one did. */
    private String spelled(Problem problem, ProblemLine line, Answer answer) {
        var format = problem.question().format();
        return directory.draws(line.attempt()).stream()
                .flatMap(draw -> draw.answer().stream())
                .distinct()
                .filter(known -> format.same(format.read(known), answer))
                .findFirst()
                .orElse(answer.canonical());
    }

    private void write(List<ContinuationLine> lines) {
        var file = directory.path().resolve(Continuations.FILE);
        var temporary = file.resolveSibling("." + Continuations.FILE + ".new");
        try {
            try (var out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                for (var line : lines) {
                    out.write(line.toJson().toString());
                    out.write('\n');
                }
            }
            Results.move(temporary, file);
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be written (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
