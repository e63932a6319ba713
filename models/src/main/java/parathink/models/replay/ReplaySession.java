package parathink.models.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parathink.models.Account;
import parathink.models.ChatDialect;
import parathink.models.Choice;
import parathink.models.Completion;
import parathink.models.CompletionIterator;
import parathink.models.Dialect;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Pause;
import parathink.models.Progress;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.models.Usage;

/**
 * The session of one problem on recorded completions. Its branches take turns as those of a live model do: all that the
 * strategy waits for get one token a step, so the shortest ends first, and what a strategy reacts to costs what it would have
 * cost. Used by the strategy's thread, closed by whoever opened it.
 */
public final class ReplaySession implements Session {
    private final Asked asked;
    private final Account account;
    private final Seed seed;
    private final Journal journal;
    private final Draws draws;

    private final List<ReplaySequence> branches = new ArrayList<>();
    private final ReplayTurn waiting = new ReplayTurn();
    private int turn; // counts the waits; an iterator of an earlier one is of no use
    private int roots;
    private boolean closed;

    ReplaySession(Asked asked, List<Draw> draws, Account account, Seed seed, Journal journal) {
        this.asked = asked;
        this.account = account;
        this.seed = seed;
        this.journal = journal;
        this.draws = new Draws(draws, seed);
    }

    @Override
    public Sequence start(Prompt prompt, SamplingParams sampling) {
        requireOpen();
        asked.require(prompt, sampling);
        var root = new ReplaySequence(this, Integer.toString(roots++), sampling.maxTokens());
        branches.add(root);
        return root;
    }

    @Override
    public List<Completion> decodeAll(List<? extends Sequence> sequences, StopRule stop) {
        var rows = begin(sequences, stop, Optional.empty());
        while (waiting.hasMore()) {
            tell(next());
        }
        return rows.stream().map(ReplayRow::completion).toList();
    }

    @Override
    public Iterable<Completion> asCompleted(List<? extends Sequence> sequences, StopRule stop) {
        begin(sequences, stop, Optional.empty());
        int mine = turn;
        return () -> new CompletionIterator(() -> turn == mine, waiting::hasMore, () -> tell(next()));
    }

    @Override
    public List<Progress> standing() {
        return Stream.concat(waiting.ended.stream(), waiting.active.stream())
                .map(ReplayRow::progress)
                .toList();
    }

    @Override
    public List<Progress> decodeUntil(List<? extends Sequence> sequences, StopRule stop, Pause pause) {
        var rows = begin(sequences, stop, Optional.of(pause));
        while (!waiting.active.isEmpty()) {
            advance();
        }
        for (var row : waiting.ended) {
            account.deliver(row.span());
            row.sequence().node().hold(row);
            if (row.isFinished()) {
                tell(row); // at once, so that a kill does not lose it
            }
        }
        waiting.ended.clear();
        return rows.stream().map(ReplayRow::progress).toList();
    }

    @Override
    public List<Completion> choose(List<? extends Sequence> sequences, Choice choice) {
        throw needsNewText("asks the model for a verdict");
    }

    @Override
    public Session judge() {
        throw needsNewText("asks the model for verdicts (a judge of its own, --judge MODEL, can give them)");
    }

    @Override
    public Dialect dialect() {
        return ChatDialect.BUILT_IN;
    }

    /** Cuts nothing: what is cut is to be read by a model, and a pool refuses that. */
    @Override
    public String fitting(String text, int tokens) {
        throw needsNewText("has a model read what it wrote before");
    }

    @Override
    public List<Integer> draw(String name, int some, int of) {
        return seed.child(name).draw(some, of);
    }

    @Override
    public long tokens(Collection<Completion> calls) {
        return calls.stream()
                .mapToLong(call -> asked.promptTokens() + (long) call.tokens())
                .sum();
    }

    /** The next row to end. */
    private ReplayRow next() {
        if (waiting.ended.isEmpty()) {
            advance();
        }
        return waiting.ended.remove();
    }

    private void advance() {
        account.chargeWork(Role.BRANCH, waiting.advance(account.left()));
        account.extendSpan(waiting.span());
    }

    private List<ReplayRow> begin(List<? extends Sequence> wanted, StopRule stop, Optional<Pause> pause) {
        requireOpen();
        abandon("no longer wanted");
        turn++;
        var rows = new ArrayList<ReplayRow>();
        for (var sequence : wanted) {
            row((ReplaySequence) sequence, stop, pause).ifPresent(rows::add);
        }
        waiting.active.addAll(rows);
        waiting.settle(); // a decode that was held may have ended already, or be where it is to pause
        return rows;
    }

    private Optional<ReplayRow> row(ReplaySequence sequence, StopRule stop, Optional<Pause> pause) {
        if (sequence.session() != this || sequence.node().isClosed()) {
            throw new IllegalStateException("sequence %s is not open in this session".formatted(sequence.path()));
        }
        if (!stop.tokens().isEmpty()) {
            throw needsNewText("ends at tokens by their numbers, which a recorded text does not have");
        }
        var held = sequence.node().takeHeld();
        if (held.isPresent()) {
            held.get().resume(stop, pause, account.delivered());
            return held;
        }
        prefill(sequence);
        return sequence.takeDraw().map(draw -> {
            asked.require(draw, stop, pause);
            var row = new ReplayRow(
                    sequence,
                    draw,
                    stop,
                    pause,
                    seed.child(sequence.path()).value(),
                    Math.max(sequence.node().span(), account.delivered()));
            account.chargeCall();
            if (row.isShortened()) {
                draws.shorten();
            }
            return row;
        });
    }

    /** The prompt goes on the bill when something is first decoded from it or forked. */
    private void prefill(ReplaySequence sequence) {
        if (sequence.owesPrompt()) {
            account.chargePrefill(Role.BRANCH, asked.promptTokens());
            sequence.paid();
        }
    }

    /** Branches of a prompt that has not been decoded from, as many as the pool still has. */
    List<Sequence> fork(ReplaySequence root, int wanted) {
        requireOpen();
        prefill(root);
        var forks = new ArrayList<Sequence>();
        for (var draw : draws.take(wanted)) {
            var branch = root.branch(draw);
            branches.add(branch);
            forks.add(branch);
            account.chargeReuse(asked.promptTokens());
        }
        return forks;
    }

    /** The next draw for a sequence that is decoded itself; nothing when all are taken. */
    Optional<Draw> take() {
        return draws.take();
    }

    /** Ends one sequence: its decode, if it has one, ends as cancelled. */
    void cancel(ReplaySequence sequence, String reason) {
        for (var row : List.copyOf(waiting.active)) {
            if (row.sequence() == sequence) {
                waiting.active.remove(row);
                row.end(FinishReason.CANCELLED, reason);
                tell(row);
            }
        }
        release(sequence, reason);
        sequence.node().close();
    }

    /** Tells of a decode that was held for later and is not wanted any more. */
    private void release(ReplaySequence sequence, String reason) {
        sequence.node().takeHeld().ifPresent(row -> {
            if (!row.isFinished()) {
                row.end(FinishReason.CANCELLED, reason);
            }
            tell(row);
        });
    }

    @Override
    public List<String> foreseen(List<? extends Sequence> sequences) {
        return sequences.stream()
                .map(sequence -> ((ReplaySequence) sequence).foreseen())
                .toList();
    }

    @Override
    public int missing() {
        return draws.missing();
    }

    /** Completions that the pool has of this problem. */
    public int recorded() {
        return draws.recorded();
    }

    @Override
    public Map<String, String> notes() {
        return draws.notes();
    }

    @Override
    public Usage usage() {
        return account.usage();
    }

    @Override
    public void close() {
        if (!closed) {
            abandon("session closed");
            branches.forEach(branch -> release(branch, "session closed"));
            closed = true;
        }
    }

    /** Ends the decodes that the strategy did not wait for. */
    private void abandon(String reason) {
        while (!waiting.ended.isEmpty()) {
            tell(waiting.ended.remove());
        }
        for (var row : waiting.active) {
            row.end(FinishReason.CANCELLED, reason);
            tell(row);
        }
        waiting.active.clear();
    }

    private Completion tell(ReplayRow row) {
        account.deliver(row.span());
        var completion = row.completion();
        if (row.becomesTold()) {
            journal.ended(completion);
        }
        return completion;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    /** What a pool cannot give. */
    ModelException needsNewText(String what) {
        return asked.needsNewText(what);
    }
}
