package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.models.Account;
import parathink.models.Choice;
import parathink.models.Completion;
import parathink.models.CompletionIterator;
import parathink.models.Dialect;
import parathink.models.FinishReason;
import parathink.models.Journal;
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
 * The session of one problem on a server. What the server sends is taken while the strategy waits and not otherwise, one
 * event a branch in turn, and the first completion to end ends the turn; how far each branch has come by then is the server's
 * doing. Used by the strategy's thread.
 */
final class EndpointSession implements Session {
    private final Traffic traffic;
    private final Dialect dialect;
    private final Account account;
    private final Seed seed;
    private final Journal journal;
    private final String prefix; // of the paths of sequences that are started here
    private final Role role;
    private final PromptCosts prompts;
    private final News news = new News();
    private final List<EndpointSequence> sequences = new ArrayList<>();
    private final EndpointTurn waiting;
    private final Needs needs;

    private Optional<EndpointSession> judge = Optional.empty();
    private int turn; // counts the waits; an iterator of an earlier one is of no use
    private int roots;
    private boolean closed;

    EndpointSession(Traffic traffic, Dialect dialect, Account account, Seed seed, Journal journal) {
        this(traffic, dialect, account, seed, journal, "", Role.BRANCH);
    }

    private EndpointSession(
            Traffic traffic, Dialect dialect, Account account, Seed seed, Journal journal, String prefix, Role role) {
        this.traffic = traffic;
        this.dialect = dialect;
        this.account = account;
        this.seed = seed;
        this.journal = journal;
        this.prefix = prefix;
        this.role = role;
        this.prompts = new PromptCosts(account, traffic.capabilities().template());
        this.waiting = new EndpointTurn(news, server());
        this.needs = new Needs(traffic.capabilities(), server());
    }

    @Override
    public Sequence start(Prompt prompt, SamplingParams sampling) {
        requireOpen();
        needs.of(prompt);
        return own(new EndpointSequence(this, prefix + roots++, prompt, sampling, "", role));
    }

    @Override
    public List<Completion> decodeAll(List<? extends Sequence> wanted, StopRule stop) {
        return tellAll(begin(wanted, stop, Optional.empty(), Optional.empty()));
    }

    @Override
    public List<Completion> choose(List<? extends Sequence> wanted, Choice choice) {
        needs.ofChoice();
        return tellAll(begin(wanted, StopRule.NONE, Optional.empty(), Optional.of(choice)));
    }

    private List<Completion> tellAll(List<EndpointRow> rows) {
        while (waiting.hasMore()) {
            tell(waiting.next());
        }
        return rows.stream().map(EndpointRow::completion).toList();
    }

    @Override
    public Iterable<Completion> asCompleted(List<? extends Sequence> wanted, StopRule stop) {
        begin(wanted, stop, Optional.empty(), Optional.empty());
        int mine = turn;
        return () -> new CompletionIterator(() -> turn == mine, waiting::hasMore, () -> tell(waiting.next()));
    }

    @Override
    public List<Progress> standing() {
        return waiting.standing();
    }

    @Override
    public List<Progress> decodeUntil(List<? extends Sequence> wanted, StopRule stop, Pause pause) {
        var rows = begin(wanted, stop, Optional.of(pause), Optional.empty());
        waiting.restAll();
        for (var row : rows) {
            account.deliver(row.sequence().node().span());
            row.sequence().node().hold(row);
            if (row.isFinished()) {
                tell(row); // at once, so that a kill does not lose it
            }
        }
        return rows.stream().map(EndpointRow::progress).toList();
    }

    @Override
    public Session judge() {
        judge = judge.or(() ->
                Optional.of(new EndpointSession(traffic, dialect, account, seed, journal, prefix + "j/", Role.JUDGE)));
        return judge.get();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    /** By the usual length of a token: how the server's model cuts a text is not known. */
    @Override
    public String fitting(String text, int tokens) {
        return PromptCosts.fitting(text, tokens);
    }

    @Override
    public List<Integer> draw(String name, int some, int of) {
        return seed.child(name).draw(some, of);
    }

    @Override
    public long tokens(Collection<Completion> calls) {
        return prompts.of(calls);
    }

    @Override
    public Map<String, String> notes() {
        var notes = new TreeMap<>(traffic.capabilities().notes());
        int estimated = prompts.estimated()
                + judge.map(judging -> judging.prompts.estimated()).orElse(0);
        if (traffic.capabilities().usage() && estimated > 0) {
            notes.put("prompts", "%d counted by an estimate of their tokens".formatted(estimated));
        }
        return notes;
    }

    @Override
    public Usage usage() {
        return account.usage();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            judge.ifPresent(EndpointSession::close);
            abandon("session closed");
            sequences.forEach(sequence -> release(sequence, "session closed"));
            sequences.forEach(sequence -> sequence.node().close());
            prompts.settle();
        }
    }

    /** Ends one sequence: its decode, if it has one, ends as cancelled. */
    void cancel(EndpointSequence sequence, String reason) {
        for (var row : waiting.active()) {
            if (row.sequence() == sequence) {
                waiting.remove(row);
                row.end(FinishReason.CANCELLED, reason);
                tell(row);
            }
        }
        release(sequence, reason);
        sequence.node().close();
    }

    /** Queues the request of a decode. */
    Arrival ask(EndpointSequence sequence, int maxTokens, long number, int candidates) {
        needs.of(sequence);
        var asking = Asking.of(traffic, sequence, maxTokens, number, candidates);
        var key = promptKey(sequence);
        return new Arrival(traffic, asking, maxTokens, () -> prompts.most(key), news).begin();
    }

    Needs needs() {
        return needs;
    }

    String server() {
        return traffic.server().address().base().toString();
    }

    PromptCosts prompts() {
        return prompts;
    }

    /** All that the model reads of a sequence. */
    String promptKey(EndpointSequence sequence) {
        return EndpointEngine.plain(sequence.prompt()) + sequence.begun();
    }

    Account account() {
        return account;
    }

    long seed(String path) {
        return seed.child(path).value();
    }

    Optional<Completion> recorded(String path) {
        return journal.recorded(path);
    }

    EndpointSequence own(EndpointSequence sequence) {
        sequences.add(sequence);
        return sequence;
    }

    private List<EndpointRow> begin(
            List<? extends Sequence> wanted, StopRule stop, Optional<Pause> pause, Optional<Choice> choice) {
        requireOpen();
        needs.of(stop);
        abandon("no longer wanted");
        turn++;
        var rows = new ArrayList<EndpointRow>();
        for (var sequence : wanted) {
            rows.add(row((EndpointSequence) sequence, stop, pause, choice));
            waiting.add(rows.getLast());
        }
        waiting.settle(); // a decode that was held may have ended already, or be where it is to pause
        return rows;
    }

    private EndpointRow row(EndpointSequence sequence, StopRule stop, Optional<Pause> pause, Optional<Choice> choice) {
        if (sequence.session() != this || sequence.node().isClosed()) {
            throw new IllegalStateException("sequence %s is not open in this session".formatted(sequence.path()));
        }
        var held = sequence.node().takeHeld();
        if (held.isPresent()) {
            held.get().resume(stop, pause);
            return held.get();
        }
        account.chargeCall();
        var path = sequence.node().nextDecodePath();
        prompts.read(path, promptKey(sequence));
        return new EndpointRow(sequence, path, stop, pause, choice);
    }

    /** Ends the decodes that the strategy did not wait for. */
    private void abandon(String reason) {
        for (var row : waiting.clear()) {
            tell(row.ended(reason));
        }
    }

    /** Tells of a decode that was held for later and is not wanted any more. */
    private void release(EndpointSequence sequence, String reason) {
        sequence.node().takeHeld().ifPresent(row -> tell(row.ended(reason)));
    }

    private Completion tell(EndpointRow row) {
        account.deliver(row.sequence().node().span());
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
}
