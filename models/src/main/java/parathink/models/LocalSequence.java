package parathink.models;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sequence on a model of this process. The strategy's thread calls its public methods; the decode loop does the rest, and
 * only while that thread waits.
 */
final class LocalSequence implements Sequence {
    private static final Pattern PATH_OPENING = Pattern.compile("<think\\d+>$");

    private final LocalSession session;
    private final ForkNode<Row> node;
    private SamplingParams sampling;
    private WrittenTokens written = WrittenTokens.AS_DRAWN;
    private boolean insideThinking;
    private Role role;

    private final TokenContext context; // prompt, appended texts and decoded tokens
    private int cached; // tokens of the context that the cache holds
    private int charged; // tokens of the context that are on the bill
    private KvCache cache; // none before the first pass, and none for a sequence that is read from the journal
    private float[] logits; // (vocabulary) after the last cached token, where they were kept for forks

    LocalSequence(
            LocalSession session,
            String path,
            SamplingParams sampling,
            TokenContext context,
            boolean insideThinking,
            Role role) {
        this.session = session;
        this.node = new ForkNode<>(path);
        this.sampling = sampling;
        this.context = context;
        this.insideThinking = insideThinking;
        this.role = role;
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Sequence as(Role wanted) {
        role = wanted;
        return this;
    }

    @Override
    public Sequence drawing(SamplingParams wanted) {
        sampling = wanted;
        return this;
    }

    @Override
    public Sequence writing(Substitutes substitutes) {
        written = WrittenTokens.of(substitutes, session.model().tokenizer());
        return this;
    }

    ForkNode<Row> node() {
        return node;
    }

    Role role() {
        return role;
    }

    @Override
    public Completion decode(StopRule stop) {
        return session.decodeAll(List.of(this), stop).getFirst();
    }

    @Override
    public List<Sequence> fork(int branches) {
        node.requireBranches(branches);
        return session.onLoop(() -> {
            prefill();
            cache.share();
            var forks = new ArrayList<Sequence>();
            for (int i = 0; i < branches; i++) {
                forks.add(branch());
            }
            return forks;
        });
    }

    @Override
    public Sequence merge(List<? extends Sequence> branches) {
        node.requireOpen();
        var forks = branches.stream().map(LocalSequence.class::cast).toList();
        for (var fork : forks) {
            if (fork.session != session || !fork.node.isBelow(node) || fork.length() < length()) {
                throw node.notMine(fork.node);
            }
        }
        return session.onLoop(() -> join(forks));
    }

    @Override
    public void append(String text) {
        node.requireBetweenDecodes();
        int[] tokens = session.model().tokenizer().encode(text);
        session.requireRoom(length() + tokens.length);
        context.give(tokens);
        // a path among several is no thinking before an answer: its answer is inside it
        insideThinking &= !PATH_OPENING.matcher(text).find();
    }

    @Override
    public void cancel(String reason) {
        session.cancel(this, reason);
    }

    // ---- what the decode loop does

    SamplingParams sampling() {
        return sampling;
    }

    LocalSession session() {
        return session;
    }

    boolean insideThinking() {
        return insideThinking;
    }

    int length() {
        return context.size();
    }

    /** Tokens that a pass must append before the next token can be drawn; 0 when the logits are at hand. */
    int pending() {
        return length() - cached;
    }

    /** The logits after the last token, (vocabulary), of a sequence with nothing pending. */
    float[] keptLogits() {
        requireLogits();
        return logits;
    }

    /** Keeps the logits after the last token, (vocabulary), for whoever goes on from there. */
    void keep(float[] last) {
        logits = last;
    }

    /** Pending tokens that the next pass takes. */
    int nextPass() {
        return context.nextPass(cached);
    }

    /** Puts the tokens of the next pass into a batch, each time it is tried; those not yet paid go on the bill as prefill. */
    void addTo(Batch batch) {
        if (cache == null) {
            cache = session.model().newCache();
        }
        if (context.forkedAt(cached)) {
            cache.share(); // as when it was filled the first time
        }
        int tokens = nextPass();
        session.account().chargePrefill(role, Math.max(0, cached + tokens - charged));
        charged = Math.max(charged, cached + tokens);
        logits = null;
        batch.add(cache, context.ids(), cached, tokens);
    }

    /** Takes note that the pass has been made. */
    void passed() {
        cached += nextPass();
    }

    /** What is written when this token is drawn. */
    int written(int token) {
        return written.of(token, session.model());
    }

    /** Takes a decoded token into the context. */
    void accept(int token) {
        context.decode(token);
        charged = length();
    }

    /** Puts what a decode that is read from a journal would have prefilled on the bill. */
    void chargePending() {
        session.account().chargePrefill(role, Math.max(0, length() - charged));
        charged = Math.max(charged, length());
    }

    /** Forgets the token accepted last: it ended the text. */
    void dropLast() {
        context.dropLast();
        charged = length();
    }

    /** Has the last tokens read again in one pass, so that a cache that is rebuilt has the same bits as this one. */
    void settle(int tokens) {
        context.settle(tokens);
        int kept = length() - tokens;
        if (cached > kept) {
            cache.truncate(kept);
            cached = kept;
        }
    }

    /** Copies of the ids of some of its tokens. */
    int[] ids(int from, int to) {
        return context.ids(from, to);
    }

    /** Frees the memory; the sequence is of no further use. */
    void free() {
        node.close();
        freeCache();
    }

    boolean holdsCache() {
        return cache != null;
    }

    /** Frees the memory; all would have to be computed again. */
    void freeCache() {
        logits = null;
        cached = 0;
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }

    /** Computes everything pending and keeps the logits after it. */
    private void prefill() {
        if (pending() > 0) {
            logits = session.loop().passAlone(this);
        } else {
            requireLogits();
        }
    }

    /** A merged sequence has tokens but no logits, until something is appended. */
    private void requireLogits() {
        if (logits == null) {
            throw new IllegalStateException("append a text to " + node.path() + " before going on with it");
        }
    }

    private LocalSequence branch() {
        var branch = new LocalSequence(session, node.nextPath(), sampling, context.forked(), insideThinking, role);
        branch.charged = length();
        branch.node.extendSpan(node.span());
        if (session.recorded(branch.path()).isEmpty()) {
            branch.cache = cache.fork();
            branch.cached = length();
            branch.logits = logits;
        }
        session.account().chargeReuse(length());
        session.own(branch);
        return branch;
    }

    private LocalSequence join(List<LocalSequence> forks) {
        prefillOthers(forks);
        var joint = context.followedBy(forks.stream().map(fork -> fork.context).toList());
        session.requireRoom(joint.size());
        var merged = new LocalSequence(session, node.nextPath(), sampling, joint, false, role);
        merged.node.extendSpan(
                forks.stream().mapToLong(fork -> fork.node.span()).reduce(node.span(), Math::max));
        boolean joins = session.model().joinsCaches();
        merged.cache = joins ? cache.join(forks.stream().map(fork -> fork.cache).toList()) : cache.fork();
        merged.cached = joins ? joint.size() : length();
        merged.charged = merged.cached;
        session.account().chargeReuse(merged.cached);
        session.own(merged);
        return merged;
    }

    /** A join needs every token of every branch in its cache; the text of a branch read from the journal too. */
    private void prefillOthers(List<LocalSequence> forks) {
        if (pending() > 0) {
            throw new IllegalStateException("sequence " + node.path() + " has advanced since it was forked");
        }
        for (var fork : forks) {
            if (fork.pending() > 0) {
                fork.logits = session.loop().passAlone(fork);
            }
        }
    }
}
