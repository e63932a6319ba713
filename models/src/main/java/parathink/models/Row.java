package parathink.models;

import java.util.Optional;
import java.util.OptionalDouble;

/** One decode of one sequence, from its first token to its completion. Belongs to the decode loop while its turn waits. */
final class Row {
    private final LocalSequence sequence;
    private final StopRule stop;
    private final String path;
    private final long seed;
    private final Optional<Completion> recorded;
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
    private OptionalDouble share = OptionalDouble.empty();
    private Completion completion; // null until asked for

    /**
     * Begins a decode.
     *
     * @param path place of the completion in the fork tree
     * @param pause where it stands still; such a decode is not read from the journal, which knows texts and not where their
     *     tokens end
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
        this.recorded = sequence.recorded(path)
                .filter(c -> c.seed() == seed
                        && stop.tokens().isEmpty()
                        && pause.isEmpty()
                        && c.choice().isPresent() == choice.isPresent()
                        && stop.isSatisfiedBy(c.confidence()));
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

    boolean isLive() {
        return recorded.isEmpty();
    }

    boolean isFinished() {
        return finish != null;
    }

    /** Whether it gets no further token for now. */
    boolean rests() {
        return finish != null || paused;
    }

    Progress progress() {
        return new Progress(path, text.toString(), tokens, isFinished());
    }

    /** The random number for the next token. */
    double uniform() {
        return Philox.uniform(seed, tokens);
    }

    /** Counts one token of a completion that an interrupted run had already finished. */
    void acceptRecorded() {
        charge();
        var known = recorded.orElseThrow();
        if (tokens == known.tokens()) {
            if (choice.isEmpty()) {
                sequence.acceptRecorded(sequence.session().model().tokenizer().encode(known.text()));
            } else {
                sequence.chargePending();
            }
            share = known.choice();
            text.append(known.text());
            finish = known.finish();
        }
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
            if (endsWithStopText(before)) {
                finish = FinishReason.STOP;
            } else if (tokens == sequence.sampling().maxTokens() || sequence.length() >= model.contextLength()) {
                finish = FinishReason.LENGTH;
            }
        }
        if (watched.isPresent()) {
            watch(watched.get(), sampler);
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
        if (recorded.isPresent()
                && recorded.get().finish() == finish
                && recorded.get().tokens() == tokens) {
            return recorded.get().insideThinking(sequence.insideThinking()).as(role);
        }
        return new Completion(
                path,
                text + decoder.finish(),
                tokens,
                finish,
                seed,
                tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(logprobs / tokens),
                tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(selfCertainties / tokens),
                watched.map(Watched::confidence).orElse(Confidence.UNKNOWN),
                stoppedBy,
                role,
                share,
                Recorded.NOTHING,
                sequence.insideThinking());
    }

    private void charge() {
        tokens++;
        var account = sequence.session().account();
        account.chargeWork(role, 1);
        sequence.node().extendSpan(spanStart + tokens);
        account.extendSpan(spanStart + tokens);
    }

    /** A stop text may end inside a token's characters: what follows it is cut off. */
    private boolean endsWithStopText(int before) {
        int cut = Integer.MAX_VALUE;
        for (var end : stop.texts()) {
            int at = text.indexOf(end, Math.max(0, before - end.length() + 1));
            if (at >= 0) {
                cut = Math.min(cut, at + end.length());
            }
        }
        if (cut == Integer.MAX_VALUE) {
            return false;
        }
        text.setLength(cut);
        return true;
    }
}
