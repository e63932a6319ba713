package parathink.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An engine whose problems are judged by another one. Sessions of the two share one bill. Thread-safe; closing it closes
 * both.
 */
public final class JudgedEngine implements Engine {
    private final Engine engine;
    private final Engine judge;

    /** Takes over both. */
    public JudgedEngine(Engine engine, Engine judge) {
        this.engine = engine;
        this.judge = judge;
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        var solving = engine.open(problem, account, seed, journal);
        return new JudgedSession(solving, judge.open(problem, account, seed, journal));
    }

    /** The solving engine's, with the judge's weights among the versions. */
    @Override
    public Provenance provenance() {
        var solving = engine.provenance();
        var judging = judge.provenance();
        var versions = new LinkedHashMap<>(solving.versions());
        judging.versions().forEach(versions::putIfAbsent);
        versions.put("judge weights", judging.weights());
        var asked = judge.dialect().templates();
        if (!asked.isEmpty()) {
            versions.put("judge prompts", asked.hash());
        }
        return new Provenance(
                solving.weights(),
                "%s; judge: %s".formatted(solving.device(), judging.device()),
                versions,
                solving.size(),
                solving.recorded());
    }

    @Override
    public int[] tokens(String text) {
        return engine.tokens(text);
    }

    @Override
    public SamplingParams defaults() {
        return engine.defaults();
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public String render(Prompt prompt) {
        return engine.render(prompt);
    }

    @Override
    public List<String> remarks() {
        return Stream.concat(engine.remarks().stream(), judge.remarks().stream().map("the judge: %s"::formatted))
                .toList();
    }

    /** Verdicts are the judge's. */
    @Override
    public Optional<String> lacks(Measures wanted) {
        return engine.lacks(wanted.withoutVerdicts())
                .or(() -> wanted.verdicts()
                        ? judge.lacks(Measures.VERDICTS).map("the judge: %s"::formatted)
                        : Optional.empty());
    }

    @Override
    public Optional<String> spent() {
        var spent = Stream.concat(
                        engine.spent().stream(), judge.spent().stream().map("the judge: %s"::formatted))
                .toList();
        return spent.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", spent));
    }

    @Override
    public OptionalInt context() {
        return engine.context();
    }

    @Override
    public void close() {
        try (judge) {
            engine.close();
        }
    }
}
