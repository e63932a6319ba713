package parathink.eval.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import parathink.datasets.Answer;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.eval.directory.Json;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.evidence.Subsets;
import parathink.eval.grading.Grade;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.replay.Pool;
import parathink.strategies.Pruning;

/**
 * What plain majority makes of the pool that a run replays: the file {@code majority.jsonl} of its directory, a line a problem. A strategy
 * that cancels completions leaves a biased record, so this is figured from the pool itself. Immutable.
 *
 * @param curves by problem
 * @param finished completions that the run finishes at most
 */
public record PoolMajority(Map<String, Curve> curves, int finished) {
    private static final String FILE = "majority.jsonl";

    /**
     * Expectations over all subsets of a problem's completions, ties shared equally.
     *
     * @param accuracy of the majority of 1, 2, … of them, up to as many as the run may begin
     * @param tokens of one of them, the mean
     */
    public record Curve(List<Double> accuracy, double tokens) {
        public Curve {
            accuracy = List.copyOf(accuracy);
        }

        /** Accuracy of a majority of so many completions, between two whole numbers in proportion. */
        double at(double completions) {
            double place = Math.clamp(completions, 1, accuracy.size()) - 1;
            int below = (int) place;
            int above = Math.min(below + 1, accuracy.size() - 1);
            return accuracy.get(below) + (place - below) * (accuracy.get(above) - accuracy.get(below));
        }

        /** Tokens of so many completions, or of all where there are fewer. */
        double work(double completions) {
            return Math.min(completions, accuracy.size()) * tokens;
        }
    }

    public PoolMajority {
        curves = Map.copyOf(curves);
    }

    /**
     * Figures it from all recorded completions of the problems that can be graded: what is expected of as many of them as the run may
     * begin.
     *
     * @param engine on the pool
     */
    public static PoolMajority of(Dataset dataset, Pool pool, Engine engine, Pruning pruning) {
        var curves = new LinkedHashMap<String, Curve>();
        for (var problem : dataset.problems()) {
            int drawn = pool.problem(problem.id()).orElseThrow().completions();
            if (new Grade(problem).ofNothing().isPresent() && Subsets.largest(drawn) == drawn) {
                curves.put(problem.id(), curve(problem, engine, drawn, Math.min(pruning.branches(), drawn)));
            }
        }
        return new PoolMajority(curves, pruning.finished());
    }

    private static Curve curve(Problem problem, Engine engine, int drawn, int most) {
        var question = problem.question();
        try (var session = engine.open(problem.id(), Budget.UNLIMITED, Seed.of(0), Journal.NONE)) {
            var prompt = Prompt.user(question.asked(), question.instruction());
            var completions =
                    session.decodeAll(session.start(prompt, engine.defaults()).fork(drawn), StopRule.NONE);
            double tokens =
                    completions.stream().mapToInt(Completion::tokens).average().orElse(0);
            double[] accuracy = new Subsets(drawn, most).plurality(groups(problem, completions));
            return new Curve(Arrays.stream(accuracy).boxed().toList(), tokens);
        }
    }

    private static List<Subsets.Group> groups(Problem problem, List<Completion> completions) {
        var question = problem.question();
        var answers = new ArrayList<Answer>();
        var counts = new ArrayList<Integer>();
        for (var completion : completions) {
            question.answerIn(completion.answerText()).ifPresent(answer -> {
                int known = IntStream.range(0, answers.size())
                        .filter(i -> question.format().same(answers.get(i), answer))
                        .findFirst()
                        .orElse(-1);
                if (known < 0) {
                    answers.add(answer);
                    counts.add(1);
                } else {
                    counts.set(known, counts.get(known) + 1);
                }
            });
        }
        var grade = new Grade(problem);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> new Subsets.Group(
                        counts.get(i), grade.of(Optional.of(answers.get(i))).orElse(false) ? 1 : 0))
                .toList();
    }

    /** Writes the file into a run directory, whole or not at all. */
    public void writeTo(Path folder) throws IOException {
        var lines = new StringBuilder();
        for (var id : curves.keySet().stream().sorted().toList()) {
            var line = Json.MAPPER
                    .createObjectNode()
                    .put("problem", id)
                    .put("finished", finished)
                    .put("tokens", curves.get(id).tokens());
            curves.get(id).accuracy().forEach(line.putArray("accuracy")::add);
            lines.append(line).append('\n');
        }
        var temporary = folder.resolve("." + FILE + ".new");
        Files.writeString(temporary, lines);
        Results.move(temporary, folder.resolve(FILE));
    }

    /**
     * What a run directory has of it; nothing where it is no replay.
     *
     * @throws ResultsException naming a line that cannot be read
     */
    public static Optional<PoolMajority> in(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var curves = new LinkedHashMap<String, Curve>();
        int number = 0;
        int finished = 1;
        try {
            for (var text : Files.readAllLines(file)) {
                number++;
                var line = new Json((ObjectNode) Json.MAPPER.readTree(text));
                finished = line.integer("finished");
                curves.put(
                        line.text("problem"),
                        new Curve(
                                Arrays.stream(line.numbers("accuracy")).boxed().toList(), line.number("tokens")));
            }
        } catch (JsonProcessingException | ClassCastException | IllegalArgumentException e) {
            throw new ResultsException(
                    "%s: line %d is not as it was written; run the same command again".formatted(file, number), e);
        } catch (IOException e) {
            throw new ResultsException("%s: cannot be read".formatted(file), e);
        }
        return Optional.of(new PoolMajority(curves, finished));
    }
}
