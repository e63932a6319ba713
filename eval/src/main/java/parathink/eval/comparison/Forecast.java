package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.metrics.Metrics;
import parathink.eval.text.Terminal;

/**
 * What a run will take, from a few problems of the same dataset, model and strategy: totals with 95 % prediction intervals, by
 * Student's distribution for a sum over new problems and their repeats. A pure function of the pilot. Immutable.
 *
 * @param pilot its folder, or what else it is called
 * @param pilotProblems problems that were finished there
 * @param spec of the run that is forecast
 * @param work tokens decoded
 * @param prefill prompt tokens
 * @param speed tokens a second of the pilot, where the clock was read
 * @param pace of its steps and tokens, where attempts were clocked from end to end
 * @param caches bytes of keys and values at their most, where the model's shape is known
 * @param cachesAtMost when every branch is as long as the sampling allows
 * @param parameters of the model, where known
 */
public record Forecast(
        String pilot,
        int pilotProblems,
        ForecastSpec spec,
        Prediction work,
        Prediction prefill,
        OptionalDouble speed,
        Optional<Pace> pace,
        Optional<Prediction> caches,
        OptionalLong cachesAtMost,
        OptionalLong parameters) {
    private static final int BYTES = 4; // of a number in a cache of the engine's own graphs
    private static final long SEED = 0;
    private static final double MEBIBYTE = 1 << 20;

    /**
     * Reads a pilot.
     *
     * @throws ResultsException when it has fewer than 2 finished problems
     * @throws IllegalArgumentException when its branches do not tell what another number of them takes
     */
    public static Forecast of(RunDirectory pilot, ForecastSpec spec) {
        return of(pilot, pilot.path().toString(), spec);
    }

    /** The same, of a pilot that is called something else than its folder. */
    public static Forecast of(RunDirectory pilot, String name, ForecastSpec spec) {
        var sumsOf = new LinkedHashMap<String, double[]>(); // attempts, prompt tokens, completions, their tokens
        for (var line : pilot.problems()) {
            if (line.status() != ProblemLine.Status.ERROR) {
                var sums = sumsOf.computeIfAbsent(line.problem(), id -> new double[4]);
                var draws = pilot.draws(line.attempt());
                sums[0]++;
                sums[1] += line.usage().prefill();
                sums[2] += draws.size();
                sums[3] += draws.stream().mapToLong(RunDirectory.Draw::tokens).sum();
            }
        }
        if (sumsOf.size() < 2) {
            throw new ResultsException(
                    "%s: a pilot needs 2 finished problems or more, it has %d; let it go on with more"
                            .formatted(pilot.path(), sumsOf.size()));
        }
        var prefill = spent(pilot, line -> line.usage().prefill());
        var shares = totals(sumsOf.values());
        double rows = spec.concurrency() * spec.branches().orElse((int) Math.round(shares[2] / shares[0]));
        double prompt = shares[1] / shares[0];
        int longest = pilot.run().settings().path("sampling").path("max_tokens").asInt(0);
        var size = pilot.run().size();
        var kept = size.filter(shape -> hasOnePrompt(pilot));
        return new Forecast(
                name,
                sumsOf.size(),
                spec,
                work(pilot, spec, sumsOf.values().iterator().next()),
                Prediction.of(prefill, spec.problems(), spec.repeats()),
                Metrics.of(pilot).tokensPerSecond(),
                Pace.of(pilot),
                kept.map(shape -> caches(pilot, spec).times((double) BYTES * shape.cacheNumbers())),
                longest == 0
                        ? OptionalLong.empty()
                        : bytes(kept.map(shape -> shape.cacheNumbers() * rows * (prompt + longest))),
                size.isPresent() ? OptionalLong.of(size.get().parameters()) : OptionalLong.empty());
    }

    /**
     * Whether every completion came of the question's own prompt. Caches of others, such as a judge's, come and go at times that a pilot does not
     * record.
     */
    private static boolean hasOnePrompt(RunDirectory pilot) {
        return finished(pilot).values().stream()
                .flatMap(List::stream)
                .flatMap(line -> pilot.draws(line.attempt()).stream())
                .allMatch(draw -> draw.path().equals("0") || draw.path().startsWith("0/"));
    }

    /** Tokens in caches at their most. */
    private static Prediction caches(RunDirectory pilot, ForecastSpec spec) {
        var byProblem = finished(pilot).values().stream()
                .map(lines -> lines.stream()
                        .map(line -> new Occupancy.Attempt(
                                line.usage().prefill(),
                                pilot.draws(line.attempt()).stream()
                                        .map(RunDirectory.Draw::tokens)
                                        .toList()))
                        .toList())
                .toList();
        int attempts = Math.multiplyExact(spec.problems(), spec.repeats());
        return new Occupancy(byProblem)
                .peak(attempts, spec.concurrency(), spec.branches().orElse(0), SEED);
    }

    /** Lines of the attempts that did not fail, by problem. */
    private static Map<String, List<ProblemLine>> finished(RunDirectory pilot) {
        var byProblem = new LinkedHashMap<String, List<ProblemLine>>();
        for (var line : pilot.problems()) {
            if (line.status() != ProblemLine.Status.ERROR) {
                byProblem
                        .computeIfAbsent(line.problem(), id -> new ArrayList<>())
                        .add(line);
            }
        }
        return byProblem;
    }

    /** What each attempt at each problem spent. */
    private static List<double[]> spent(RunDirectory pilot, ToDoubleFunction<ProblemLine> spend) {
        return finished(pilot).values().stream()
                .map(lines -> lines.stream().mapToDouble(spend).toArray())
                .toList();
    }

    private static double[] totals(Iterable<double[]> rows) {
        var totals = new double[4];
        for (var row : rows) {
            for (int i = 0; i < totals.length; i++) {
                totals[i] += row[i];
            }
        }
        return totals;
    }

    private static OptionalLong bytes(Optional<Double> numbers) {
        return numbers.isPresent() ? OptionalLong.of(Math.round(BYTES * numbers.get())) : OptionalLong.empty();
    }

    /**
     * Tokens of all attempts. Where the pilot drew the same number of completions whatever they said, each of them is a draw of its own, so
     * that another number of them takes as much more, and what they vary by evens out.
     */
    private static Prediction work(RunDirectory pilot, ForecastSpec spec, double[] first) {
        double drawn = first[2] / first[0];
        boolean plain = pilot.problems().stream()
                .filter(line -> line.status() != ProblemLine.Status.ERROR)
                .allMatch(line -> isPlain(line, pilot.draws(line.attempt()), drawn));
        int wanted = spec.branches().orElse((int) Math.round(drawn));
        if (plain) {
            return Prediction.of(lengths(pilot), spec.problems(), Math.multiplyExact(spec.repeats(), wanted));
        }
        var asked = pilot.run().settings().path("strategy").path("branches");
        if (spec.branches().isPresent() && wanted != asked.asInt(wanted)) {
            throw new IllegalArgumentException(
                    "-n %d: the pilot %s draws as many as it needs, which does not tell what another limit takes; make one with -n %d"
                            .formatted(wanted, pilot.path(), wanted));
        }
        return Prediction.of(spent(pilot, line -> line.usage().work()), spec.problems(), spec.repeats());
    }

    private static boolean isPlain(ProblemLine line, List<RunDirectory.Draw> draws, double drawn) {
        return draws.size() == drawn
                && draws.stream().allMatch(RunDirectory.Draw::isBranch)
                && draws.stream().mapToLong(RunDirectory.Draw::tokens).sum()
                        == line.usage().work();
    }

    /** Tokens of every completion of each problem. */
    private static List<double[]> lengths(RunDirectory pilot) {
        var byProblem = new LinkedHashMap<String, List<Double>>();
        for (var line : pilot.problems()) {
            if (line.status() != ProblemLine.Status.ERROR) {
                var lengths = byProblem.computeIfAbsent(line.problem(), id -> new ArrayList<>());
                pilot.draws(line.attempt()).forEach(draw -> lengths.add((double) draw.tokens()));
            }
        }
        return byProblem.values().stream()
                .map(lengths -> lengths.stream().mapToDouble(length -> length).toArray())
                .toList();
    }

    /**
     * Seconds, where the pilot was clocked. Its fitted pace leaves no time idle, which is too fast; its own tokens a second have its end in
     * them, when few branches are left, which is too slow. They are the ends for the tokens' interval, and their geometric mean the forecast.
     */
    Optional<Prediction> seconds() {
        if (pace.isEmpty() || speed.isEmpty()) {
            return Optional.empty();
        }
        long attempts = (long) spec.problems() * spec.repeats();
        double fast = pace.get().seconds(work.value(), attempts, spec.concurrency());
        double slow = work.value() / speed.getAsDouble();
        double low = pace.get().seconds(work.low(), attempts, spec.concurrency());
        double high = work.high() / speed.getAsDouble();
        double middle = Math.sqrt(fast * slow);
        return Optional.of(new Prediction(
                middle,
                Math.min(middle, Math.min(low, work.low() / speed.getAsDouble())),
                Math.max(middle, Math.max(high, pace.get().seconds(work.high(), attempts, spec.concurrency())))));
    }

    /** The figures for a terminal. */
    public String terminal() {
        var text = new StringBuilder();
        text.append("forecast of %d problems x %d, from %d problems of %s (95 %% prediction intervals)%n"
                .formatted(spec.problems(), spec.repeats(), pilotProblems, Terminal.printable(pilot)));
        text.append("  tokens decoded  %s%n".formatted(shown(work)));
        text.append("  prompt tokens   %s%n".formatted(shown(prefill)));
        text.append("  time            %s%n"
                .formatted(seconds()
                        .map(time ->
                                "%s (%s to %s), from the pilot's pace (%s ms a step, %s ms a token) to its %s tokens/s"
                                        .formatted(
                                                clock(time.value()),
                                                clock(time.low()),
                                                clock(time.high()),
                                                Figures.amount(1000
                                                        * pace.orElseThrow().step()),
                                                Figures.amount(1000
                                                        * pace.orElseThrow().token()),
                                                Figures.amount(speed.orElseThrow())))
                        .orElse("unknown: the pilot was not clocked, or is a replay")));
        text.append("  memory          %s%n".formatted(memory()));
        return text.toString();
    }

    private String memory() {
        if (parameters.isEmpty()) {
            return "unknown: the pilot's run.json does not tell the model's shape";
        }
        return "caches %s; weights %s MiB at 4 bytes each; the JVM's own on top"
                .formatted(
                        caches.map(this::memory)
                                .orElse("unknown, as the pilot's strategy does not begin all texts with one prompt"),
                        Figures.amount(BYTES * parameters.orElseThrow() / MEBIBYTE));
    }

    private String memory(Prediction known) {
        return "%s MiB%s with %d problems at once"
                .formatted(
                        shown(known.times(1 / MEBIBYTE)),
                        cachesAtMost.isPresent()
                                ? ", never above %s,".formatted(Figures.amount(cachesAtMost.getAsLong() / MEBIBYTE))
                                : "",
                        spec.concurrency());
    }

    private static String shown(Prediction prediction) {
        return "%s (%s to %s)"
                .formatted(
                        Figures.amount(prediction.value()),
                        Figures.amount(prediction.low()),
                        Figures.amount(prediction.high()));
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** The figures as one JSON object. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("pilot", pilot);
        json.put("pilot_problems", pilotProblems);
        json.put("problems", spec.problems());
        json.put("repeats", spec.repeats());
        json.set("work", json(work));
        json.set("prefill", json(prefill));
        seconds().ifPresentOrElse(time -> json.set("seconds", json(time)), () -> json.putNull("seconds"));
        pace.ifPresent(known -> json.put("seconds_a_step", known.step()).put("seconds_a_token", known.token()));
        caches.ifPresentOrElse(
                known -> json.put("cache_bytes", Math.round(known.value()))
                        .put("cache_bytes_low", Math.round(known.low()))
                        .put("cache_bytes_high", Math.round(known.high())),
                () -> json.putNull("cache_bytes"));
        put(json, "cache_bytes_at_most", cachesAtMost);
        put(json, "parameters", parameters);
        return json;
    }

    private static void put(ObjectNode json, String field, OptionalLong value) {
        value.ifPresentOrElse(known -> json.put(field, known), () -> json.putNull(field));
    }

    private static ObjectNode json(Prediction prediction) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", prediction.value())
                .put("low", prediction.low())
                .put("high", prediction.high());
    }
}
