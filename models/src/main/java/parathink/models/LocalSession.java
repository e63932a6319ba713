package parathink.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The session of one problem on a model of this process. */
final class LocalSession implements Session {
    private final LanguageModel model;
    private final Dialect dialect;
    private final ChatTemplate template;
    private final DecodeLoop loop;
    private final long order;
    private final Account account;
    private final Seed seed;
    private final Journal journal;
    private final int checkpointTokens; // 0 for none
    private final String prefix; // of the paths of sequences that are started here
    private final Role role; // of their completions, until they are wanted for something else
    private final List<LocalSequence> sequences = new ArrayList<>();
    private final Map<String, Integer> contexts = new HashMap<>(); // tokens that each decode began from, by its path

    private Turn turn;
    private Optional<LocalSession> judge = Optional.empty();
    private int roots;
    private boolean closed;

    LocalSession(
            LanguageModel model,
            Dialect dialect,
            ChatTemplate template,
            DecodeLoop loop,
            long order,
            Account account,
            Seed seed,
            Journal journal,
            int checkpointTokens) {
        this(model, dialect, template, loop, order, account, seed, journal, checkpointTokens, "", Role.BRANCH);
    }

    private LocalSession(
            LanguageModel model,
            Dialect dialect,
            ChatTemplate template,
            DecodeLoop loop,
            long order,
            Account account,
            Seed seed,
            Journal journal,
            int checkpointTokens,
            String prefix,
            Role role) {
        this.model = model;
        this.dialect = dialect;
        this.template = template;
        this.loop = loop;
        this.order = order;
        this.account = account;
        this.seed = seed;
        this.journal = journal;
        this.checkpointTokens = checkpointTokens;
        this.prefix = prefix;
        this.role = role;
        this.turn = new Turn(this, List.of(), true);
    }

    @Override
    public Sequence start(Prompt prompt, SamplingParams sampling) {
        var text = prompt.raw() ? prompt.text() : template.render(prompt);
        int[] tokens = model.tokenizer().encode(text);
        if (tokens.length == 0) {
            throw new IllegalArgumentException("the prompt has no token");
        }
        requireRoom(tokens.length);
        boolean thinking = text.stripTrailing().endsWith("<think>");
        var sequence = new LocalSequence(this, prefix + roots++, sampling, new TokenContext(tokens), thinking, role);
        own(sequence);
        return sequence;
    }

    @Override
    public List<Completion> decodeAll(List<? extends Sequence> wanted, StopRule stop) {
        var rows = begin(wanted, stop, Optional.empty(), Optional.empty(), false);
        tellAll();
        return rows.stream().map(Row::completion).toList();
    }

    @Override
    public List<Completion> choose(List<? extends Sequence> wanted, Choice choice) {
        requireDifferentTokens(choice);
        var rows = begin(wanted, StopRule.NONE, Optional.empty(), Optional.of(choice), false);
        tellAll();
        return rows.stream().map(Row::completion).toList();
    }

    /** Labels that begin with the same token could not be told apart. */
    private void requireDifferentTokens(Choice choice) {
        int first = model.tokenizer().encode(choice.first())[0];
        if (first == model.tokenizer().encode(choice.second())[0]) {
            throw new ModelException(
                    ModelException.Kind.UNABLE,
                    "%s begins '%s' and '%s' with the same token; give labels that differ from their first token on"
                            .formatted(model.name(), choice.first(), choice.second()));
        }
    }

    private void tellAll() {
        for (var ended = loop.next(turn); ended.isPresent(); ended = loop.next(turn)) {
            tell(ended.get());
        }
    }

    @Override
    public Iterable<Completion> asCompleted(List<? extends Sequence> wanted, StopRule stop) {
        begin(wanted, stop, Optional.empty(), Optional.empty(), true);
        var mine = turn;
        return () -> new CompletionIterator(
                () -> turn == mine,
                () -> loop.hasMore(mine),
                () -> tell(loop.next(mine).orElseThrow()));
    }

    @Override
    public List<Progress> standing() {
        return Stream.concat(turn.ended.stream(), turn.active.stream())
                .map(Row::progress)
                .toList();
    }

    @Override
    public List<Progress> decodeUntil(List<? extends Sequence> wanted, StopRule stop, Pause pause) {
        var rows = begin(wanted, stop, Optional.of(pause), Optional.empty(), false);
        for (var resting = loop.next(turn); resting.isPresent(); resting = loop.next(turn)) {
            rest(resting.get());
        }
        return rows.stream().map(Row::progress).toList();
    }

    /** Keeps a decode for later; one that has ended is told at once, so that a kill does not lose it. */
    private void rest(Row row) {
        account.deliver(row.sequence().node().span());
        row.sequence().node().hold(row);
        if (row.isFinished()) {
            tell(row);
        }
    }

    @Override
    public Usage usage() {
        return account.usage();
    }

    @Override
    public Session judge() {
        if (judge.isEmpty()) {
            judge = Optional.of(new LocalSession(
                    model,
                    dialect,
                    template,
                    loop,
                    order,
                    account,
                    seed,
                    journal,
                    checkpointTokens,
                    prefix + "j/",
                    Role.JUDGE));
        }
        return judge.get();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String fitting(String text, int tokens) {
        return model.tokenizer().beginning(text, tokens);
    }

    @Override
    public List<Integer> draw(String name, int some, int of) {
        return seed.child(name).draw(some, of);
    }

    @Override
    public long tokens(Collection<Completion> calls) {
        return calls.stream()
                .mapToLong(call -> contexts.get(call.path()) + (long) call.tokens())
                .sum();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        judge.ifPresent(LocalSession::close);
        abandon("session closed");
        sequences.forEach(sequence -> release(sequence, "session closed"));
        onLoop(() -> {
            sequences.forEach(LocalSequence::free);
            return null;
        });
    }

    /** Whether there is memory to be freed. */
    boolean holdsCaches() {
        return sequences.stream().anyMatch(LocalSequence::holdsCache)
                || judge.filter(LocalSession::holdsCaches).isPresent();
    }

    /** Frees the memory of all its sequences before it is closed; its turn has failed. On the loop's thread. */
    void freeCaches() {
        judge.ifPresent(LocalSession::freeCaches);
        sequences.forEach(LocalSequence::freeCache);
    }

    /** Ends one sequence: its decode, if it has one, ends as cancelled. */
    void cancel(LocalSequence sequence, String reason) {
        loop.remove(turn);
        for (var row : List.copyOf(turn.active)) {
            if (row.sequence() == sequence) {
                turn.active.remove(row);
                row.end(FinishReason.CANCELLED, reason);
                tell(row);
            }
        }
        loop.add(turn);
        release(sequence, reason);
        onLoop(() -> {
            sequence.free();
            return null;
        });
    }

    <T> T onLoop(Callable<T> command) {
        return loop.call(command);
    }

    LanguageModel model() {
        return model;
    }

    DecodeLoop loop() {
        return loop;
    }

    long order() {
        return order;
    }

    Seed seed() {
        return seed;
    }

    long budgetLeft() {
        return account.left();
    }

    Optional<Completion> recorded(String path) {
        return journal.recorded(path);
    }

    Journal journal() {
        return journal;
    }

    int checkpointTokens() {
        return checkpointTokens;
    }

    void own(LocalSequence sequence) {
        sequences.add(sequence);
    }

    Account account() {
        return account;
    }

    void requireRoom(int tokens) {
        if (tokens > model.contextLength()) {
            throw new ModelException(
                    ModelException.Kind.FULL,
                    "the text has %d tokens, and %s reads at most %d"
                            .formatted(tokens, model.name(), model.contextLength()));
        }
    }

    /** Tells of a decode that was held for later and is not wanted any more. */
    private void release(LocalSequence sequence, String reason) {
        sequence.node().takeHeld().ifPresent(row -> tell(ended(row, reason)));
    }

    /** A row that has its end: its own, or that of being unwanted. */
    private static Row ended(Row row, String reason) {
        if (!row.isFinished()) {
            row.end(FinishReason.CANCELLED, reason);
        }
        return row;
    }

    private List<Row> begin(
            List<? extends Sequence> wanted,
            StopRule stop,
            Optional<Pause> pause,
            Optional<Choice> choice,
            boolean pausing) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        abandon("no longer wanted");
        var rows = new ArrayList<Row>();
        for (var sequence : wanted) {
            rows.add(row((LocalSequence) sequence, stop, pause, choice));
        }
        turn = new Turn(this, rows, pausing);
        turn.settle(); // a decode that was held may have ended already, or be where it is to pause
        loop.add(turn);
        return rows;
    }

    private Row row(LocalSequence sequence, StopRule stop, Optional<Pause> pause, Optional<Choice> choice) {
        if (sequence.session() != this || sequence.node().isClosed()) {
            throw new IllegalStateException("sequence " + sequence.path() + " is not open in this session");
        }
        var held = sequence.node().takeHeld();
        if (held.isPresent()) {
            held.get().resume(stop, pause, account.delivered());
            return held.get();
        }
        account.chargeCall();
        var path = sequence.node().nextDecodePath();
        contexts.put(path, sequence.length());
        return new Row(sequence, path, stop, pause, choice, account.delivered());
    }

    /** Ends the decodes that the strategy did not wait for. */
    private void abandon(String reason) {
        loop.remove(turn);
        for (var row : turn.ended) {
            tell(ended(row, reason));
        }
        turn.ended.clear();
        for (var row : turn.active) {
            row.end(FinishReason.CANCELLED, reason);
            tell(row);
        }
        turn.active.clear();
    }

    private Completion tell(Row row) {
        account.deliver(row.sequence().node().span());
        if (row.becomesTold()) {
            row.ending().ifPresent(journal::keep);
            journal.read(row.readOfCut());
            journal.ended(row.completion());
        }
        return row.completion();
    }
}
