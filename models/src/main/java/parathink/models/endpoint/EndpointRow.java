package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Choice;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.ModelException;
import parathink.models.Pause;
import parathink.models.Progress;
import parathink.models.Recorded;
import parathink.models.Role;
import parathink.models.Standstill;
import parathink.models.StopRule;

/** One decode of one sequence, from its request to its completion. Used by the strategy's thread. */
final class EndpointRow {
    private final EndpointSequence sequence;
    private final EndpointSession session;
    private final RowBill bill;
    private final StopRule stop;
    private final Optional<Choice> choice;
    private final String path;
    private final Role role;
    private final long seed;
    private final int most; // tokens, of the sampling or of the budget
    private final Optional<Completion> recorded;
    private final Optional<Arrival> arrival;
    private final MeasuredText text;

    private final List<Standstill> pauses = new ArrayList<>(); // so far
    private int reached; // pauses of the completion on record that were come to
    private Optional<Pause.Watch> pause;
    private boolean paused;
    private boolean shown; // the strategy has seen a part of the text
    private OptionalDouble share = OptionalDouble.empty();
    private Optional<FinishReason> finish = Optional.empty();
    private String stoppedBy = "";
    private boolean told;

    /**
     * Begins a decode; its request is queued.
     *
     * @param path place of the completion in the fork tree
     * @param pause where it stands still; such a decode is read from the journal where that knows how it came there
     * @param choice labels of which one is wanted, in place of a text
     */
    EndpointRow(EndpointSequence sequence, String path, StopRule stop, Optional<Pause> pause, Optional<Choice> choice) {
        this.sequence = sequence;
        this.session = sequence.session();
        this.bill = new RowBill(sequence);
        this.stop = stop;
        this.choice = choice;
        this.path = path;
        this.role = sequence.role();
        this.seed = session.seed(path);
        this.most = (int) Math.min(choice.isPresent() ? 1 : sequence.sampling().maxTokens(), bill.left());
        this.pause = pause.map(Pause::watch);
        this.text = new MeasuredText(stop.watch());
        this.recorded = session.recorded(path)
                .filter(known -> known.seed() == seed
                        && known.count().read().orElse(bill.read()) == bill.read()
                        && pause.filter(where -> !isKnown(where, known)).isEmpty()
                        && known.tokens() + known.count().lost() <= bill.left()
                        && known.choice().isPresent() == choice.isPresent()
                        && stop.isSatisfiedBy(known.confidence()));
        this.arrival = recorded.isPresent() || most == 0
                ? Optional.empty()
                : Optional.of(session.ask(sequence, most, seed, candidates(stop, choice)));
    }

    /** Whether a completion on record tells how the decode came to its first pause, or ended before. */
    private static boolean isKnown(Pause pause, Completion known) {
        return !known.count().pauses().isEmpty() || !pause.watch().isMet(known.tokens(), known.text());
    }

    /** Candidates a token that are looked at: as many as the server has for a verdict. */
    private static int candidates(StopRule stop, Optional<Choice> choice) {
        return choice.isPresent()
                ? Integer.MAX_VALUE
                : stop.watch().map(watch -> watch.candidates()).orElse(1);
    }

    /** Goes on after a pause: what the strategy has heard meanwhile comes before the next token. */
    void resume(StopRule same, Optional<Pause> next) {
        if (!same.equals(stop)) {
            throw new IllegalArgumentException(
                    "the decode of %s goes on with the stop rule that it began with".formatted(path));
        }
        pause = next.map(Pause::watch);
        bill.resume();
        paused = false;
        checkPause();
        if (!rests()) {
            arrival.ifPresent(open -> open.readAhead(true));
        }
    }

    EndpointSequence sequence() {
        return sequence;
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /** Whether it gets no further token for now. */
    boolean rests() {
        return isFinished() || paused;
    }

    /** Whether {@link #step} would do something; the caller holds the lock of the session's news. */
    boolean isReady() {
        return arrival.isEmpty() || arrival.get().hasEvent() || isOverBudget();
    }

    /** A verdict is paid for once it is there; what still comes is the server's count. */
    private boolean isOverBudget() {
        return bill.left() == 0 && share.isEmpty();
    }

    /** Takes one event, if there is one; whether anything happened. */
    boolean step() {
        if (recorded.isPresent()) {
            takeRecorded(recorded.get());
            return true;
        }
        var event = arrival.flatMap(Arrival::take);
        if (event.isEmpty()) {
            if (isOverBudget()) {
                end(FinishReason.BUDGET, "");
                return true;
            }
            return false;
        }
        switch (event.get()) {
            case ArrivalEvent.Got got -> accept(got.piece());
            case ArrivalEvent.End end -> accept(end);
            case ArrivalEvent.Restarted() -> beginAgain();
            case ArrivalEvent.Failed failed -> throw failed.reason();
        }
        checkPause();
        return true;
    }

    /**
     * A completion that an interrupted run had already finished: charged as it was, up to its next pause or its end, and not asked
     * for again.
     */
    private void takeRecorded(Completion known) {
        if (bill.tokens() == 0) {
            bill.chargeLost(known.count());
        }
        while (pause.isPresent() && reached < known.count().pauses().size()) {
            var next = known.count().pauses().get(reached++);
            bill.charge(next.tokens() - bill.tokens());
            text.clear();
            text.add(known.text().substring(0, next.characters()));
            checkPause();
            if (paused) {
                return;
            }
        }
        text.clear();
        bill.charge(known.tokens() - bill.tokens());
        bill.countAgain(known.count());
        text.add(known.text());
        share = known.choice();
        if (choice.isEmpty()) {
            sequence.accept(known.text());
        }
        finish = Optional.of(known.finish());
    }

    private void accept(Piece piece) {
        if (share.isPresent()) {
            end(FinishReason.STOP, ""); // a server that was asked for one token
            return;
        }
        long left = bill.left();
        int size = piece.size();
        if (size > left) {
            bill.charge(left);
            end(FinishReason.BUDGET, "");
            return;
        }
        if (bill.tokens() + size > most) {
            end(limit(), ""); // a server that was asked for fewer tokens
            return;
        }
        bill.charge(size);
        if (choice.isPresent()) {
            choose(choice.get(), piece);
            return;
        }
        int before = text.text().length();
        if (!text.add(piece)) {
            throw session.needs().noCandidates(path);
        }
        if (text.text().endsAfter(stop, before)) {
            end(FinishReason.STOP, "");
        } else {
            text.doubt().ifPresent(reason -> end(FinishReason.CANCELLED, reason));
        }
    }

    /** Reads the verdict from the candidates of the first token. */
    private void choose(Choice labels, Piece piece) {
        if (piece.tokens().isEmpty()) {
            throw session.needs().noVerdict();
        }
        double of = Shares.of(labels, piece.tokens().getFirst())
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.FAILED,
                        "%s: neither '%s' nor '%s' is among the candidates for the verdict %s"
                                .formatted(session.server(), labels.first(), labels.second(), path)));
        share = OptionalDouble.of(of);
        text.hear(piece);
        text.add(of >= 0.5 ? labels.first() : labels.second()); // its end brings the server's count
    }

    /** The server has ended it; its own count may know of tokens that had no text. */
    private void accept(ArrivalEvent.End end) {
        long uncounted = Math.max(0, end.count().map(Piece.Count::decoded).orElse(0L) - bill.tokens());
        long affordable = Math.min(uncounted, bill.left());
        bill.charge(affordable);
        end.count().ifPresentOrElse(bill::count, bill::promptIsNotCounted);
        var reason = share.isPresent()
                ? FinishReason.STOP
                : affordable < uncounted ? FinishReason.BUDGET : end.finish(limit());
        finish(reason, reason == FinishReason.CANCELLED ? "the server: " + end.reason() : "");
    }

    /** Whose limit the limit of tokens was. */
    private FinishReason limit() {
        return most < sequence.sampling().maxTokens() ? FinishReason.BUDGET : FinishReason.LENGTH;
    }

    /** The request is tried again from its beginning, which is too late once the strategy has seen a part of it. */
    private void beginAgain() {
        if (shown) {
            throw new ModelException(
                    ModelException.Kind.FAILED,
                    "%s: the connection broke after %d tokens of %s, of which the strategy had read a part"
                            .formatted(session.server(), bill.tokens(), path));
        }
        text.clear();
        pauses.clear();
        share = OptionalDouble.empty();
        bill.breaks();
    }

    /** The same with its end: its own, or that of being unwanted. */
    EndpointRow ended(String reason) {
        if (!isFinished()) {
            end(FinishReason.CANCELLED, reason);
        }
        return this;
    }

    /** Ends it here and now; what the server sends from now on is not read. */
    void end(FinishReason reason, String by) {
        arrival.ifPresent(open -> {
            if (open.wasSent()) {
                bill.promptIsNotCounted();
            }
            open.close();
        });
        finish(reason, by);
    }

    private void finish(FinishReason reason, String by) {
        finish = Optional.of(reason);
        stoppedBy = by;
        if (choice.isEmpty()) {
            sequence.accept(text.toString());
        }
    }

    private void checkPause() {
        if (pause.isPresent() && finish.isEmpty()) {
            paused = pause.get().isMet(bill.tokens(), text.toString());
            if (paused) {
                pauses.add(new Standstill(bill.tokens(), text.text().length()));
                arrival.ifPresent(open -> open.readAhead(false));
            }
        }
    }

    /** Whether its end has yet to be told; from here on it has been. */
    boolean becomesTold() {
        boolean news = !told;
        told = true;
        return news;
    }

    Progress progress() {
        shown = true;
        return new Progress(path, text.toString(), bill.tokens(), isFinished());
    }

    /** What came of it; the row must have finished. */
    Completion completion() {
        boolean inside = sequence.prompt().raw()
                ? session.promptKey(sequence).stripTrailing().endsWith("<think>")
                : text.text().beginsInside();
        var known = recorded.filter(c -> finish.equals(Optional.of(c.finish())) && bill.tokens() == c.tokens());
        if (known.isPresent()) {
            return known.get().insideThinking(inside).as(role);
        }
        return new Completion(
                path,
                text.toString(),
                bill.tokens(),
                finish.orElseThrow(),
                seed,
                text.logprob(),
                OptionalDouble.empty(),
                text.confidence(),
                stoppedBy,
                role,
                share,
                Recorded.NOTHING,
                inside,
                bill.serverCount(pauses));
    }
}
