package parathink.models;

import java.util.Optional;
import java.util.OptionalDouble;

/** One decode of one sequence, from its first token to its completion. Belongs to the decode loop while its turn waits. */
final class Row {
    private final LocalSequence sequence;
    private final StopRule stop;
    private final String path;
    private final long seed;
    private final SavedDecode saved;
    private final int start; // tokens of the sequence before this decode
    private final Checkpoints checkpoints;
    private final Tokenizer.Decoder decoder;
    private final StringBuilder text = new StringBuilder();
    private final Optional<Watched> watched;
    private final Optional<Choice> choice;
    private final Role role;
    private Optional<Pause.Watch> pause;
    private long spanStart;
    private boolean paused;

    private int tokens;
    private double logprobs;
    private double selfCertainties;
    private FinishReason finish;
    private String stoppedBy = "";
    private boolean told;
    private OptionalDouble share = OptionalDouble.empty();
    private Completion completion; // null until asked for

    /**
     * Begins a decode.
     *
     * @param path place of the completion in the fork tree
     * @param pause where it stands still; such a decode is read from the journal only where that knows its tokens
     * @param choice labels of which one is wanted, in place of a text
     * @param delivered the longest chain of tokens that the strategy knew when it asked
     */
    Row(
            LocalSequence sequence,
            String path,
            StopRule stop,
            Optional<Pause> pause,
            Optional<Choice> choice,
            long delivered) {
        this.sequence = sequence;
        this.stop = stop;
        this.path = path;
        this.seed = sequence.session().seed().child(path).value();
        this.choice = choice;
        this.role = sequence.role();
        this.saved = SavedDecode.of(
                sequence.session().journal(),
                path,
                seed,
                c -> c.choice().isPresent() == choice.isPresent() && stop.isSatisfiedBy(c.confidence()),
                !stop.tokens().isEmpty() || pause.isPresent(),
                stop.watch().isPresent());
        this.start = sequence.length();
        this.checkpoints = new Checkpoints(sequence.session(), path, seed, start);
        this.decoder = sequence.session().model().tokenizer().decoder();
        this.pause = pause.map(Pause::watch);
        this.watched = stop.watch().map(Watched::new);
        this.spanStart = Math.max(sequence.node().span(), delivered);
    }

    /** Goes on after a pause: what the strategy has heard meanwhile comes before the next token. */
    void resume(StopRule same, Optional<Pause> next, long delivered) {
        if (!same.equals(stop)) {
            throw new IllegalArgumentException(
                    "the decode of %s goes on with the stop rule that it began with".formatted(path));
        }
        pause = next.map(Pause::watch);
        spanStart = Math.max(sequence.node().span(), delivered) - tokens;
        paused = false;
        checkPause();
    }

    private void checkPause() {
        if (pause.isPresent() && finish == null) {
            paused = pause.get().isMet(tokens, text);
        }
    }

    LocalSequence sequence() {
        return sequence;
    }

    /** Whether the next token comes from the journal. */
    boolean isReading() {
        return tokens < saved.size();
    }

    boolean isFinished() {
        return finish != null;
    }

    /** Whether it gets no further token for now. */
    boolean rests() {
        return finish != null || paused;
    }

    /** Whether its end has yet to be told; from here on it has been. */
    boolean becomesTold() {
        boolean news = !told;
        told = true;
        return news;
    }

    Progress progress() {
        return new Progress(path, text.toString(), tokens, isFinished());
    }

    /** The random number for the next token. */
    double uniform() {
        return Philox.uniform(seed, tokens);
    }

    /** Takes one token that an interrupted run had already decoded. */
    void acceptSaved() {
        sequence.chargePending();
        int at = tokens;
        charge();
        if (saved.hasToken(at)) {
            var block = saved.tokens().orElseThrow();
            sequence.accept(block.id(at));
            text.append(decoder.accept(block.id(at)));
            if (saved.completion().isEmpty()) {
                watched.ifPresent(watching -> watching.add(block.confidence(at)));
                logprobs = block.logprobs(); // right from the last of these tokens on
                selfCertainties = block.selfCertainties();
            }
        }
        saved.completion().filter(known -> tokens == known.tokens()).ifPresent(this::endAs);
        settle();
        checkPause();
    }

    /** Ends as the completion on record did. */
    private void endAs(Completion known) {
        if (choice.isEmpty()) {
            int taken = 0;
            for (int token : saved.tokensOfText(sequence.session().model().tokenizer())) {
                sequence.accept(token);
                checkpoints.settle(sequence, ++taken, taken < known.tokens());
            }
        }
        share = known.choice();
        text.setLength(0);
        text.append(known.text());
        finish = known.finish();
    }

    /** Has a block of tokens that is full read again, unless the text has ended; whether it has. */
    private boolean settle() {
        boolean whole = choice.isEmpty()
                && (saved.completion().isEmpty() || saved.tokens().isPresent());
        return whole && checkpoints.settle(sequence, tokens, finish == null);
    }

    /** Takes one drawn token; of a choice, the probabilities that it was drawn from. */
    void accept(int drawn, Sampler sampler) {
        charge();
        if (choice.isPresent()) {
            choose(choice.get(), sampler);
            return;
        }
        logprobs += sampler.logprob();
        selfCertainties += sampler.selfCertainty();
        int token = sequence.written(drawn);
        sequence.accept(token);
        var model = sequence.session().model();
        if (model.isEnd(token)) {
            sequence.dropLast();
            finish = FinishReason.STOP;
        } else if (stop.tokens().contains(token)) {
            finish = FinishReason.STOP;
        } else {
            int before = text.length();
            text.append(decoder.accept(token));
            if (stop.cutAfterFirst(text, before)) {
                finish = FinishReason.STOP;
            } else if (tokens == sequence.sampling().maxTokens() || sequence.length() >= model.contextLength()) {
                finish = FinishReason.LENGTH;
            }
        }
        if (watched.isPresent()) {
            watch(watched.get(), sampler);
        }
        if (settle()) {
            checkpoints.save(sequence, tokens, watched, logprobs, selfCertainties);
        }
        checkPause();
    }

    /** Reads the verdict; the sequence stays as it is. */
    private void choose(Choice labels, Sampler sampler) {
        var tokenizer = sequence.session().model().tokenizer();
        double first = sampler.logprob(tokenizer.encode(labels.first())[0]);
        double second = sampler.logprob(tokenizer.encode(labels.second())[0]);
        double of = 1 / (1 + StrictMath.exp(second - first));
        share = OptionalDouble.of(of);
        text.append(of >= 0.5 ? labels.first() : labels.second());
        logprobs = Math.max(first, second);
        selfCertainties = sampler.selfCertainty();
        sequence.keep(sampler.logits());
        finish = FinishReason.STOP;
    }

    /** Measures the token taken last; a text that has not ended by itself may end by its confidence. */
    private void watch(Watched watched, Sampler sampler) {
        watched.add(sampler);
        if (finish == null && watched.ends()) {
            end(FinishReason.CANCELLED, watched.reason());
        }
    }

    void end(FinishReason reason, String by) {
        finish = reason;
        stoppedBy = by;
    }

    /** What came of it; the row must have finished. */
    Completion completion() {
        if (completion == null) {
            completion = complete();
        }
        return completion;
    }

    private Completion complete() {
        var known = saved.completion().filter(c -> c.finish() == finish && c.tokens() == tokens);
        if (known.isPresent()) {
            return known.get().insideThinking(sequence.insideThinking()).as(role);
        }
        boolean measured = tokens > 0 && !isReading();
        return new Completion(
                path,
                text + decoder.finish(),
                tokens,
                finish,
                seed,
                measured ? OptionalDouble.of(logprobs / tokens) : OptionalDouble.empty(),
                measured ? OptionalDouble.of(selfCertainties / tokens) : OptionalDouble.empty(),
                watched.map(Watched::confidence).orElse(Confidence.UNKNOWN),
                stoppedBy,
                role,
                share,
                Recorded.NOTHING,
                sequence.insideThinking(),
                ServerCount.NONE);
    }

    /** The tokens that a completion leaves in its sequence, of one that ended by itself and is not on record yet. */
    Optional<TokenBlock> ending() {
        boolean byItself = finish == FinishReason.STOP || finish == FinishReason.LENGTH;
        return byItself && choice.isEmpty() && saved.completion().isEmpty()
                ? Optional.of(checkpoints.whole(sequence))
                : Optional.empty();
    }

    /** Tokens that were read from the journal, of a decode that was cut off by a kill. */
    int readOfCut() {
        return saved.completion().isPresent() ? 0 : Math.min(tokens, saved.size());
    }

    private void charge() {
        tokens++;
        var account = sequence.session().account();
        account.chargeWork(role, 1);
        sequence.node().extendSpan(spanStart + tokens);
        account.extendSpan(spanStart + tokens);
    }
}
