package parathink.eval.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.grading.Grade;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Seed;

/**
 * Generates some completions of a run again and compares them token by token: each alone in its batch, the others of its
 * attempt coming from the files, and all of them together with strangers.
 *
 * @param checked completions compared, each in two ways
 * @param differences what did not come out the same
 */
public record Verification(int checked, List<Difference> differences) {

    /** In which company a completion was generated again. */
    public enum Company {
        ALONE,
        TOGETHER
    }

    /**
     * A completion that came out otherwise.
     *
     * @param token index of the first token that differs
     * @param recorded text from that token on, as the run has it
     * @param generated text from that token on, as it came out now
     */
    public record Difference(
            Attempt attempt, String path, Company company, int token, String recorded, String generated) {}

    public Verification {
        differences = List.copyOf(differences);
    }

    /**
     * Verifies a run.
     *
     * @param spec what the run was asked to do
     * @param dataset its problems
     * @param engine its model; closed by the caller
     * @param sample completions to check at most
     * @param seed chooses them
     */
    public static Verification of(
            RunDirectory run, RunSpec spec, Dataset dataset, Engine engine, int sample, long seed) {
        var chosen = choose(run, sample, seed);
        if (chosen.isEmpty()) {
            throw new ResultsException(
                    "%s: nothing to verify, no completion in it ended by itself".formatted(run.path()));
        }
        var problems = new HashMap<String, Problem>();
        dataset.problems().forEach(problem -> problems.put(problem.id(), problem));
        var differences = new ArrayList<Difference>();
        for (var line : chosen) {
            var others = new ArrayList<>(run.completions(line.attempt()));
            others.removeIf(other -> other.path().equals(line.path()));
            var again = solve(spec, problems.get(line.problem()), line.attempt(), engine, others);
            compare(line, again, Company.ALONE, engine).ifPresent(differences::add);
        }
        together(spec, problems, engine, chosen, differences);
        return new Verification(chosen.size(), differences);
    }

    /** Completions that ended by themselves, a random few of them. */
    private static List<CompletionLine> choose(RunDirectory run, int sample, long seed) {
        var places = new ArrayList<Map.Entry<Attempt, String>>();
        for (var problem : run.problems()) {
            for (var draw : run.draws(problem.attempt())) {
                if (draw.finish() == Finish.STOP || draw.finish() == Finish.LENGTH) {
                    places.add(Map.entry(problem.attempt(), draw.path()));
                }
            }
        }
        Collections.shuffle(places, new Random(seed));
        var chosen = new ArrayList<CompletionLine>();
        for (var place : places.subList(0, Math.min(sample, places.size()))) {
            run.completions(place.getKey()).stream()
                    .filter(line -> line.path().equals(place.getValue()))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private static void together(
            RunSpec spec,
            Map<String, Problem> problems,
            Engine engine,
            List<CompletionLine> chosen,
            List<Difference> differences) {
        var attempts = new LinkedHashSet<Attempt>();
        chosen.forEach(line -> attempts.add(line.attempt()));
        var solving = new LinkedHashMap<Attempt, Future<Map<String, Completion>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var attempt : attempts) {
                solving.put(
                        attempt,
                        threads.submit(() -> solve(spec, problems.get(attempt.problem()), attempt, engine, List.of())));
            }
            for (var line : chosen) {
                compare(line, solving.get(line.attempt()).get(), Company.TOGETHER, engine)
                        .ifPresent(differences::add);
            }
        } catch (ExecutionException e) {
            throw new ResultsException(
                    "a completion cannot be generated again: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResultsException("interrupted while completions were generated again", e);
        }
    }

    /** Solves an attempt again, some of its completions coming from the files; gives them all by path. */
    private static Map<String, Completion> solve(
            RunSpec spec, Problem problem, Attempt attempt, Engine engine, List<CompletionLine> known) {
        if (problem == null) {
            throw new ResultsException("problem '%s' of the run is not in the dataset".formatted(attempt.problem()));
        }
        var recorded = new HashMap<String, Completion>();
        for (var line : known) {
            if (line.finish() == Finish.STOP || line.finish() == Finish.LENGTH) {
                recorded.put(line.path(), line.completion());
            }
        }
        var ended = new HashMap<String, Completion>();
        var journal = new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(recorded.get(path));
            }

            @Override
            public void ended(Completion completion) {
                ended.put(completion.path(), completion);
            }
        };
        var seed = Seed.of(spec.seed()).child(problem.id()).child(attempt.repeat());
        try (var session = engine.open(problem.id(), spec.tokens(), seed, journal)) {
            var asked = problem.inOrder(spec.seed(), attempt.repeat());
            var strategy = spec.solver();
            strategy.solve(asked.question(), session, new Grade(asked).oracle(strategy));
        }
        return ended;
    }

    private static Optional<Difference> compare(
            CompletionLine line, Map<String, Completion> again, Company company, Engine engine) {
        var text = again.containsKey(line.path()) ? again.get(line.path()).text() : "";
        int[] before = engine.tokens(line.text());
        int[] now = engine.tokens(text);
        int token = Arrays.mismatch(before, now);
        if (token < 0
                && again.containsKey(line.path())
                && again.get(line.path()).tokens() == line.tokens()) {
            return Optional.empty();
        }
        int same = 0;
        while (same < Math.min(text.length(), line.text().length())
                && text.charAt(same) == line.text().charAt(same)) {
            same++;
        }
        return Optional.of(new Difference(
                line.attempt(),
                line.path(),
                company,
                token < 0 ? before.length : token,
                line.text().substring(same),
                text.substring(same)));
    }
}
