package parathink.eval.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import parathink.models.Budget;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * This program's own engine, as every strategy has it: sessions, the decode loop, draws, log-probabilities and the bill.
 * Closes its engine.
 */
public final class EngineContestant implements Contestant {
    private static final String WORDS =
            "A train leaves at nine with 24 seats, and at every stop 3 more are taken than at the one before. ";

    private final String name;
    private final Engine engine;
    private final SamplingParams sampling;
    private final boolean branches;
    private final LongSupplier clock;
    private final double startSeconds;
    private final PeakMemory memory;

    /**
     * Takes over an engine in which no token ends a text.
     *
     * @param sampling how tokens are drawn; the number of tokens is the shape's
     * @param branches whether all rows are branches of one prompt, which is read once, and not prompts of their own
     * @param clock nanoseconds
     * @param begun what the clock said before the engine was opened
     */
    public EngineContestant(
            String name,
            Engine engine,
            SamplingParams sampling,
            boolean branches,
            LongSupplier clock,
            long begun,
            PeakMemory memory) {
        this.name = name;
        this.engine = engine;
        this.sampling = sampling;
        this.branches = branches;
        this.clock = clock;
        this.memory = memory;
        startSeconds = (clock.getAsLong() - begun) / 1e9;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double startSeconds() {
        return startSeconds;
    }

    @Override
    public Timing run(BenchShape shape, int round) {
        try (var session = engine.open("bench", Budget.UNLIMITED, Seed.of(round), Journal.NONE)) {
            var prompts = prompts(session, shape, round);
            long begun = clock.getAsLong();
            var rows = branches ? prompts.getFirst().fork(shape.rows()) : prompts;
            session.decodeAll(rows, StopRule.NONE);
            long read = clock.getAsLong();
            long prefill = session.usage().prefill();
            rows.forEach(row -> row.drawing(drawing(shape.tokens())));
            session.decodeAll(rows, StopRule.NONE);
            long ended = clock.getAsLong();
            long decoded = session.usage().work() - shape.rows();
            return new Timing(prefill, (read - begun) / 1e9, decoded, (ended - read) / 1e9);
        }
    }

    private List<Sequence> prompts(Session session, BenchShape shape, int round) {
        var prompts = new ArrayList<Sequence>();
        for (int row = 0; row < (branches ? 1 : shape.rows()); row++) {
            var text = new StringBuilder("Problem %d of %d. ".formatted(row + 1, round + 1));
            while (engine.tokens(text.toString()).length < shape.context()) {
                text.repeat(WORDS, Math.max(1, text.length() / WORDS.length()));
            }
            var prompt = Prompt.raw(session.fitting(text.toString(), shape.context()));
            prompts.add(session.start(prompt, drawing(1)));
        }
        return prompts;
    }

    private SamplingParams drawing(int tokens) {
        return sampling.with(sampling.temperature(), tokens);
    }

    @Override
    public OptionalLong peakMemory() {
        return memory.bytes();
    }

    @Override
    public void close() {
        engine.close();
    }
}
