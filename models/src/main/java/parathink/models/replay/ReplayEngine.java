package parathink.models.replay;

import java.util.Map;
import java.util.Optional;
import parathink.models.Account;
import parathink.models.Budget;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.Provenance;
import parathink.models.SamplingParams;
import parathink.models.Seed;

/**
 * Gives the completions of a pool as if they were being generated, each problem's in an order drawn from the session's seed
 * and without replacement. Thread-safe; closing it closes the pool.
 */
public final class ReplayEngine implements Engine {
    private final Pool pool;
    private final Map<String, Prompt> prompts;

    /**
     * Takes over the pool.
     *
     * @param prompts how each problem is asked, by its id: a sequence that begins otherwise would need new text
     */
    public ReplayEngine(Pool pool, Map<String, Prompt> prompts) {
        this.pool = pool;
        this.prompts = Map.copyOf(prompts);
    }

    /**
     * Opens the session of one problem. What a journal remembers is not asked for: the same completions come again by
     * themselves.
     */
    @Override
    public ReplaySession open(String problem, Account account, Seed seed, Journal journal) {
        var known = pool.problem(problem)
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.UNUSABLE,
                        "%s: has no completion of problem '%s'".formatted(pool.path(), problem)));
        var prompt = Optional.ofNullable(prompts.get(problem))
                .orElseThrow(() -> new IllegalArgumentException("no prompt for problem '%s'".formatted(problem)));
        var asked = new Asked(problem, prompt, pool.promptTokens(known), defaults());
        return new ReplaySession(asked, pool.draws(problem), account, seed, journal);
    }

    @Override
    public ReplaySession open(String problem, Budget budget, Seed seed, Journal journal) {
        return open(problem, new Account(budget), seed, journal);
    }

    @Override
    public Provenance provenance() {
        var device = pool.estimated() == 0 ? "replay" : "replay, tokens estimated";
        return new Provenance(
                pool.fingerprint(),
                device,
                Map.of(),
                pool.run().flatMap(RecordedRun::size),
                pool.run().map(RecordedRun::model));
    }

    /** Characters: which tokens a recorded text had is not known. */
    @Override
    public int[] tokens(String text) {
        return text.codePoints().toArray();
    }

    /** How the pool was drawn where that is known, else at temperature 1. */
    @Override
    public SamplingParams defaults() {
        return pool.run().map(RecordedRun::sampling).orElse(new SamplingParams(1, 0, 1, 0, Integer.MAX_VALUE));
    }

    @Override
    public String render(Prompt prompt) {
        return prompt.text();
    }

    @Override
    public void close() {
        pool.close();
    }
}
