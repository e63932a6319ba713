package parathink.eval.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.datasets.Answer;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Problem;
import parathink.eval.grading.Grade;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Usage;
import parathink.models.replay.Pool;
import parathink.models.replay.ReplayEngine;
import parathink.strategies.Outcome;
import parathink.strategies.Strategies;
import parathink.strategies.Strategy;

/** The stopping strategies on recorded completions, where the optional local data is there. */
final class StoppersOnPoolsTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 1 << 20);

    @Test
    void escAndAdaptiveConsistencySpendWhatTheirRulesSayOnTheSameOrders() {
        try (var replay = Replay.open("aime24-o3mini-low-x40")) {
            for (var problem : replay.dataset.problems()) {
                for (int order = 0; order < 5; order++) {
                    var draws = replay.draws(problem, order);
                    var esc = replay.solve(strategy("esc", Map.of()), problem, order)
                            .usage();
                    assertThat(List.of(esc.calls(), esc.work())).isEqualTo(spent(draws, drawnByEsc(problem, draws)));
                    var adaptive = replay.solve(strategy("adaptive-consistency", Map.of()), problem, order)
                            .usage();
                    assertThat(List.of(adaptive.calls(), adaptive.work()))
                            .isEqualTo(spent(draws, drawnAdaptively(problem, draws)));
                }
            }
        }
    }

    @Test
    void theLeadRuleChangesNoAnswerOnARealPool() {
        try (var replay = Replay.open("aime24-o3mini-low-x40")) {
            for (var problem : replay.dataset.problems()) {
                for (int order = 0; order < 5; order++) {
                    var full = replay.solve(strategy("self-consistency", Map.of("branches", "40")), problem, order);
                    var stopped = replay.solve(strategy("consensus-stop", Map.of("window", "7")), problem, order);
                    assertThat(answer(stopped.outcome())).isEqualTo(answer(full.outcome()));
                    assertThat(stopped.usage().work())
                            .isLessThanOrEqualTo(full.usage().work());
                }
            }
        }
    }

    @Test
    void stoppingSavesMostTokensOfEasyProblemsAndHardlyAnyAnswer() {
        try (var replay = Replay.open("gsm8k-gpt4omini-x40")) {
            var full = replay.sum(strategy("self-consistency", Map.of("branches", "40")));
            for (var name : List.of("esc", "adaptive-consistency")) {
                var sum = replay.sum(strategy(name, Map.of()));
                assertThat(sum.work()).as(name).isLessThan(full.work() * 3 / 10);
                assertThat(sum.accuracy()).as(name).isCloseTo(full.accuracy(), within(0.01));
            }
        }
    }

    @Test
    void confidenceOfTheAnswersTokensTurnsTheVoteOfBrumo() {
        try (var replay = Replay.open("brumo25-r1-qwen8b-confidence")) {
            var all = Map.of("branches", "64", "measure", "mean", "keep", "100");
            var few = Map.of("branches", "64", "measure", "mean", "keep", "10");
            // published with the pool: 8 or 9 of 14 by majority, 12 with the mean confidence as weight
            assertThat(replay.sum(strategy("self-consistency", Map.of("branches", "64")))
                            .right())
                    .isBetween(8, 9);
            assertThat(replay.sum(strategy("deepconf", all)).right()).isEqualTo(12);
            assertThat(replay.sum(strategy("deepconf", few)).right()).isGreaterThanOrEqualTo(12);
        }
    }

    private static Strategy strategy(String name, Map<String, String> settings) {
        return Strategies.named(name).with(settings, SAMPLING);
    }

    /** One recorded completion as a strategy meets it. */
    private record Draw(Optional<Answer> answer, int tokens) {}

    private static List<Long> spent(List<Draw> draws, int drawn) {
        return List.of(
                (long) drawn,
                draws.subList(0, drawn).stream().mapToLong(Draw::tokens).sum());
    }

    private static int drawnByEsc(Problem problem, List<Draw> draws) {
        for (int end = 5; end < draws.size(); end += 5) {
            var groups = new HashSet<Integer>();
            for (var draw : draws.subList(end - 5, end)) {
                groups.add(draw.answer()
                        .map(answer -> group(problem, draws, answer))
                        .orElse(-1));
            }
            if (groups.size() == 1 && !groups.contains(-1)) {
                return end;
            }
        }
        return draws.size();
    }

    private static int drawnAdaptively(Problem problem, List<Draw> draws) {
        var counts = new HashMap<Integer, Integer>();
        for (int drawn = 1; drawn <= draws.size(); drawn++) {
            draws.get(drawn - 1)
                    .answer()
                    .ifPresent(answer -> counts.merge(group(problem, draws, answer), 1, Integer::sum));
            var most = new ArrayList<>(counts.values());
            most.addAll(List.of(0, 0));
            most.sort(Collections.reverseOrder());
            if (most.getFirst() > 0 && coins(most.get(0), most.get(0) + most.get(1) + 1) >= 0.95) {
                return drawn;
            }
        }
        return draws.size();
    }

    /** The first draw with the same answer. */
    private static int group(Problem problem, List<Draw> draws, Answer answer) {
        for (int i = 0; i < draws.size(); i++) {
            var other = draws.get(i).answer();
            if (other.isPresent() && problem.question().format().same(other.get(), answer)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not drawn: " + answer);
    }

    /** P(at most k heads of n fair coins), which is what the beta rule reckons. */
    private static double coins(int k, int n) {
        double term = Math.pow(0.5, n);
        double sum = 0;
        for (int i = 0; i <= k; i++) {
            sum += term;
            term *= (double) (n - i) / (i + 1);
        }
        return sum;
    }

    private static Optional<String> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> Optional.of(answered.answer().canonical());
            case Outcome.Unanswered unanswered -> Optional.empty();
        };
    }

    /** What a strategy made of a problem. */
    private record Solved(Outcome outcome, Usage usage) {}

    /** What a strategy made of all problems, in one order. */
    private record Sum(int right, double accuracy, long work) {}

    /** A pool under test. */
    private record Replay(Dataset dataset, ReplayEngine engine) implements AutoCloseable {
        static Replay open(String name) {
            var file = data("pools/" + name + ".jsonl.gz");
            var pool = Pool.open(file);
            var dataset = PoolDataset.of(
                    pool, new DatasetRequest(Map.of(), Integer.MAX_VALUE, file.getParent()), file.getParent());
            return new Replay(dataset, new ReplayEngine(pool, PoolDataset.prompts(dataset, pool)));
        }

        private static Path data(String name) {
            var folder = Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                    .map(Path::of)
                    .orElse(Path.of("../../shared"));
            var file = folder.resolve("data").resolve(name);
            assumeTrue(Files.exists(file), () -> "optional local data is missing: " + file);
            return file;
        }

        /** All completions in the order in which a strategy would get them. */
        List<Draw> draws(Problem problem, int order) {
            var question = problem.question();
            try (var session = engine.open(problem.id(), Budget.UNLIMITED, Seed.of(order), Journal.NONE)) {
                var prompt = Prompt.user(question.asked(), question.instruction());
                var forks = session.start(prompt, SAMPLING).fork(session.recorded());
                return session.decodeAll(forks, StopRule.NONE).stream()
                        .map(c -> new Draw(question.answerIn(c.answerText()), c.tokens()))
                        .toList();
            }
        }

        Solved solve(Strategy strategy, Problem problem, int order) {
            try (var session = engine.open(problem.id(), Budget.UNLIMITED, Seed.of(order), Journal.NONE)) {
                var outcome = strategy.solve(problem.question(), session);
                return new Solved(outcome, session.usage());
            }
        }

        Sum sum(Strategy strategy) {
            int right = 0;
            long work = 0;
            for (var problem : dataset.problems()) {
                var solved = solve(strategy, problem, 1);
                work += solved.usage().work();
                var answer = switch (solved.outcome()) {
                    case Outcome.Answered answered -> Optional.of(answered.answer());
                    case Outcome.Unanswered unanswered -> Optional.<Answer>empty();
                };
                right += new Grade(problem).of(answer).orElse(false) ? 1 : 0;
            }
            return new Sum(right, (double) right / dataset.problems().size(), work);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
