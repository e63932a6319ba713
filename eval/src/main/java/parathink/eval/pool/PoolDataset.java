package parathink.eval.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.AnswerFormat;
import parathink.datasets.AnswerFormats;
import parathink.datasets.ChoiceFormat;
import parathink.datasets.CountdownFormat;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Datasets;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.replay.Pool;
import parathink.models.replay.PoolProblem;

/** The problems of a pool as a dataset, and how they are asked. */
public final class PoolDataset {
    /** What the name of a pool begins with, as a model and as a dataset. */
    public static final String PREFIX = "replay:";

    private static final String NO_QUESTION = "(the pool does not have the text of the question)";

    private PoolDataset() {}

    /** The file or run directory of a name, where it is that of a pool. */
    public static Optional<Path> path(String name) {
        return name.startsWith(PREFIX) ? Optional.of(Path.of(name.substring(PREFIX.length()))) : Optional.empty();
    }

    /**
     * Loads a dataset by its name, be it that of a pool or any other.
     *
     * @param folder where a relative path of a pool begins
     */
    public static Dataset load(String name, DatasetRequest request, Path folder) {
        var path = path(name);
        if (path.isEmpty()) {
            return Datasets.load(name, request);
        }
        if (!request.settings().isEmpty()) {
            throw new IllegalArgumentException("a pool has no settings, got '%s'; leave -D and --map out"
                    .formatted(request.settings().keySet().iterator().next()));
        }
        try (var pool = Pool.open(folder.resolve(path.get()))) {
            return of(pool, request, folder);
        }
    }

    /**
     * The problems of a pool: what its lines say of them, or for a run directory those of the run's dataset.
     *
     * @param request how many of them, and where imported datasets lie
     * @throws DatasetException when the lines do not say enough
     */
    public static Dataset of(Pool pool, DatasetRequest request, Path folder) {
        var whole = pool.run().isPresent() ? ofRun(pool, request, folder) : ofLines(pool);
        if (whole.problems().size() <= request.limit()) {
            return whole;
        }
        return new Dataset(
                whole.name(), whole.problems().subList(0, request.limit()), whole.remarks(), whole.fingerprint());
    }

    private static Dataset ofLines(Pool pool) {
        var problems =
                pool.problems().stream().map(problem -> problem(pool, problem)).toList();
        return new Dataset(PREFIX + pool.path(), problems, List.of());
    }

    private static Dataset ofRun(Pool pool, DatasetRequest request, Path folder) {
        var run = pool.run().orElseThrow();
        var all = new DatasetRequest(run.datasetSettings(), Integer.MAX_VALUE, request.dataFolder());
        var dataset = load(run.dataset(), all, folder);
        var used = dataset.problems().stream()
                .filter(problem -> pool.problem(problem.id()).isPresent())
                .toList();
        if (used.size() < pool.problems().size()) {
            throw DatasetException.unreadable(
                    "%s: %d of its problems are not in %s, which it was made with; give their dataset with --dataset"
                            .formatted(pool.path(), pool.problems().size() - used.size(), run.dataset()));
        }
        return new Dataset(dataset.name(), used, dataset.remarks(), dataset.fingerprint());
    }

    private static Problem problem(Pool pool, PoolProblem described) {
        try {
            var format = format(described);
            var text = described.question().orElse(NO_QUESTION);
            return new Problem(described.id(), new Question(text, described.choices(), format), described.reference());
        } catch (IllegalArgumentException e) {
            throw DatasetException.unreadable(
                    "%s: line %d: problem '%s': %s"
                            .formatted(pool.path(), described.line(), described.id(), e.getMessage()),
                    e);
        }
    }

    private static AnswerFormat format(PoolProblem described) {
        boolean game = !described.numbers().isEmpty() && described.target().isPresent();
        boolean choice = !described.choices().isEmpty();
        var name = described.format().orElse(game ? "countdown" : choice ? "choice" : "math");
        return switch (name) {
            case "choice" -> new ChoiceFormat(described.choices());
            case "countdown" -> {
                if (!game) {
                    throw new IllegalArgumentException(
                            "format countdown needs 'numbers', a list of whole numbers, and 'target'");
                }
                yield new CountdownFormat(
                        described.numbers(), described.target().getAsInt());
            }
            default -> AnswerFormats.named(name);
        };
    }

    /**
     * How each problem is asked, by its id.
     *
     * @throws IllegalArgumentException when a problem is not in the pool, or its options change their order
     */
    public static Map<String, Prompt> prompts(Dataset dataset, Pool pool) {
        var prompts = new HashMap<String, Prompt>();
        var missing = new ArrayList<String>();
        for (var problem : dataset.problems()) {
            if (problem.shuffled()) {
                throw new IllegalArgumentException(
                        "the options of problem '%s' change their order with every repeat, and the letters of a pool belong"
                                        .formatted(problem.id())
                                + " to one order; give -D options=as-given");
            }
            if (pool.problem(problem.id()).isEmpty()) {
                missing.add(problem.id());
            }
            var question = problem.question();
            prompts.put(problem.id(), Prompt.user(question.asked(), question.instruction()));
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d of %d problems of %s are not in the pool %s: '%s' is the first, and those of the pool are such as '%s';"
                                    .formatted(
                                            missing.size(),
                                            dataset.problems().size(),
                                            dataset.name(),
                                            pool.path(),
                                            missing.getFirst(),
                                            pool.problems().getFirst().id())
                            + " choose with --ids, or leave --dataset out");
        }
        return prompts;
    }
}
