package parathink.eval.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.FinishCounts;
import parathink.eval.directory.Json;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunRecord;
import parathink.eval.directory.TimingLine;
import parathink.eval.directory.VoteCount;
import parathink.models.Confidence;
import parathink.models.Usage;

/** A made-up run that looks like a real one: seeded, of any size, with every kind of outcome. */
record SyntheticRun(int problems, int branches, int repeats, int words, long seed) {
    private static final String[] PHRASES = {
        "try 7 * 6 first, that is 42, too far from the target",
        "subtract the largest number and look at what is left",
        "so the remaining two must make 13",
        "check: 25 - 12 = 13, and 13 is a prime",
        "that uses 4 twice, which is not allowed; go back",
        "split the sum in two halves and compare",
    };

    /** {@code make FOLDER PROBLEMS BRANCHES PHRASES} writes a run; {@code report FOLDER} times its report. */
    public static void main(String[] arguments) {
        var folder = Path.of(arguments[1]);
        if (arguments[0].equals("make")) {
            new SyntheticRun(
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            1,
                            Integer.parseInt(arguments[4]),
                            7)
                    .write(folder);
            return;
        }
        long began = System.nanoTime();
        var report = Report.of(folder);
        double read = (System.nanoTime() - began) / 1e9;
        var leftOut = report.writeTo(folder);
        System.out.println(report.terminal());
        leftOut.forEach(System.out::println);
        System.out.printf(
                "report of %,d completions: read and reckoned in %.1f s, written after %.1f s; processor time %.1f s%n",
                report.metrics().completions(),
                read,
                (System.nanoTime() - began) / 1e9,
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    }

    List<String> ids() {
        return IntStream.range(0, problems)
                .mapToObj(i -> "made-%04d".formatted(i))
                .toList();
    }

    void write(Path folder) {
        var random = new Random(seed);
        try (var results = Results.open(folder)) {
            var settings = Json.MAPPER.createObjectNode();
            settings.putNull("budget");
            settings.put("n", branches).put("max_tokens", 600).put("concurrency", 8);
            settings.putObject("sampling")
                    .put("temperature", 0.6)
                    .put("top_p", 0.95)
                    .put("top_k", 0)
                    .put("min_p", 0.0);
            settings.putObject("strategy").put("branches", branches).put("abstain", 0.0);
            var run = new RunRecord(
                    RunRecord.Status.COMPLETE,
                    "thinker-mini",
                    "countdown-4",
                    "self-consistency",
                    problems,
                    repeats,
                    seed,
                    settings,
                    "cpu, 2 threads",
                    Optional.of("2debc0c41f1b"),
                    new LinkedHashMap<>(Map.of("java", "25.0.1")),
                    Map.of("model", "sha256:" + "3f".repeat(32)));
            results.writeRun(run);
            double clock = 0;
            for (var id : ids()) {
                double skill = Math.pow(random.nextDouble(), 0.8) * 0.95;
                for (int repeat = 0; repeat < repeats; repeat++) {
                    clock += attempt(results, random, id, repeat, skill, clock);
                }
            }
            results.order(ids());
        }
    }

    private double attempt(Results results, Random random, String id, int repeat, double skill, double clock) {
        var question = "Use the numbers %d, %d, %d and %d, each once, with + - * / to make %d."
                .formatted(
                        1 + random.nextInt(30),
                        1 + random.nextInt(30),
                        1 + random.nextInt(12),
                        1 + random.nextInt(9),
                        10 + random.nextInt(90));
        var started = Instant.parse("2026-01-31T12:00:00Z").plusMillis((long) (1000 * clock));
        if (random.nextInt(40) == 0) {
            results.append(failed(id, repeat, question));
            results.append(new TimingLine(id, repeat, started, 0.2, 0));
            return 0.2;
        }
        var reference = Integer.toString(10 + random.nextInt(90));
        var completions = new ArrayList<CompletionLine>();
        double verbose = 0.5 + random.nextDouble();
        for (int branch = 0; branch < branches; branch++) {
            completions.add(branch(random, id, repeat, "0/" + branch, skill, reference, verbose));
        }
        completions.forEach(results::append);
        var line = outcome(id, repeat, question, reference, completions);
        results.append(line);
        double seconds = line.usage().work() / 900.0;
        results.append(new TimingLine(id, repeat, started, seconds, line.usage().work()));
        return seconds;
    }

    private CompletionLine branch(
            Random random, String id, int repeat, String path, double skill, String reference, double verbose) {
        int tokens = (int) Math.min(600, Math.max(20, 160 * verbose * Math.exp(0.5 * random.nextGaussian())));
        boolean cut = tokens == 600 || random.nextInt(200) == 0;
        Optional<String> answer = Optional.empty();
        if (!cut && random.nextInt(25) > 0) {
            answer = Optional.of(
                    random.nextDouble() < skill
                            ? reference
                            : Integer.toString(10 + (int) Math.abs(8 * random.nextGaussian())));
        }
        var text = new StringBuilder("<think>\n");
        for (int i = 0; i < words; i++) {
            text.append(PHRASES[random.nextInt(PHRASES.length)]).append(i % 3 == 2 ? ".\n" : "; ");
        }
        if (!cut) {
            text.append("\n</think>\n")
                    .append(answer.map(a -> "The answer is " + a + ".").orElse("I cannot say."));
        }
        return new CompletionLine(
                id,
                repeat,
                path,
                "branch",
                0,
                text.toString(),
                tokens,
                cut ? Finish.LENGTH : Finish.STOP,
                answer,
                answer.map(reference::equals),
                random.nextLong(1L << 53),
                OptionalDouble.of(-0.1 - random.nextDouble()),
                OptionalDouble.of(4 + random.nextDouble()),
                Confidence.UNKNOWN,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    private static ProblemLine outcome(
            String id, int repeat, String question, String reference, List<CompletionLine> completions) {
        var counts = new HashMap<String, Integer>();
        completions.forEach(line -> line.answer().ifPresent(answer -> counts.merge(answer, 1, Integer::sum)));
        var votes = new ArrayList<VoteCount>();
        counts.forEach((answer, count) -> votes.add(new VoteCount(answer, count, count)));
        Collections.sort(
                votes,
                (a, b) -> a.count() != b.count()
                        ? b.count() - a.count()
                        : a.answer().compareTo(b.answer()));
        Optional<String> answer = votes.isEmpty()
                ? Optional.empty()
                : Optional.of(votes.getFirst().answer());
        long work = completions.stream().mapToLong(CompletionLine::tokens).sum();
        long span = completions.stream().mapToLong(CompletionLine::tokens).max().orElse(0);
        return new ProblemLine(
                id,
                repeat,
                answer.isPresent() ? ProblemLine.Status.ANSWERED : ProblemLine.Status.UNANSWERED,
                answer,
                Optional.of(reference),
                Optional.of(answer.stream().anyMatch(reference::equals)),
                completions.stream().anyMatch(line -> line.correct().orElse(false)),
                votes,
                new Usage(64, 64L * (completions.size() - 1), work, span, 0, 0, completions.size()),
                FinishCounts.of(completions.stream().map(CompletionLine::finish).toList()),
                Optional.empty(),
                Json.MAPPER.createObjectNode().put("rounds", 1),
                Optional.of(question),
                Optional.empty());
    }

    private static ProblemLine failed(String id, int repeat, String question) {
        return new ProblemLine(
                id,
                repeat,
                ProblemLine.Status.ERROR,
                Optional.empty(),
                Optional.of("1"),
                Optional.of(false),
                false,
                List.of(),
                Usage.NONE,
                FinishCounts.NONE,
                Optional.of("the pass failed: out of memory"),
                Json.MAPPER.createObjectNode(),
                Optional.of(question),
                Optional.empty());
    }
}
