package parathink.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An engine whose problems are judged by another one. Sessions of the two share one bill. Thread-safe; closing it closes
 * both.
 */
public final class JudgedEngine extends ForwardingEngine {
    private final Engine judge;

    /** Takes over both. */
    public JudgedEngine(Engine engine, Engine judge) {
        super(engine);
        this.judge = judge;
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        var solving = super.open(problem, account, seed, journal);
        return new JudgedSession(solving, judge.open(problem, account, seed, journal));
    }

    /** The solving engine's, with the judge's weights among the versions. */
    @Override
    public Provenance provenance() {
        var solving = super.provenance();
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
    public List<String> remarks() {
        return Stream.concat(super.remarks().stream(), judge.remarks().stream().map("the judge: %s"::formatted))
                .toList();
    }

    @Override
    public Optional<String> spent() {
        var spent = Stream.concat(super.spent().stream(), judge.spent().stream().map("the judge: %s"::formatted))
                .toList();
        return spent.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", spent));
    }

    @Override
    public void close() {
        try (judge) {
            super.close();
        }
    }
}
