package parathink.models.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import parathink.models.ModelException;

/**
 * One completion on its way from the server: a thread that reads, and what it has read and nobody has taken yet. The reader
 * goes on ahead of the strategy by a bounded number of events; where it may not, it reads no more and gives up its place, so
 * that a completion that stands still keeps nobody waiting. Taken from and closed by the strategy's thread.
 */
final class Arrival implements AutoCloseable {
    private static final int AHEAD = 1024; // events
    private static final long FIRST_WAIT = 500_000_000L; // nanoseconds
    private static final long LONGEST_WAIT = 60_000_000_000L;
    static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Traffic traffic;
    private final Asking asking;
    private final int maxTokens;
    private final LongSupplier mostPrompt;
    private final News news;
    private final Deque<ArrivalEvent> events =
            new ArrayDeque<>(); // guarded by the lock of the news, as are the next four
    private final Thread reader;
    private Admission.Place place;
    private Optional<EventStream> stream = Optional.empty();
    private int ahead = AHEAD;
    private boolean closed;
    private volatile boolean sent;

    private Payment payment; // of this try; used by the reader alone

    /**
     * Queues for a place and then asks.
     *
     * @param maxTokens that it may decode
     * @param mostPrompt tokens that its prompt can have, as far as is known when it is asked; by any thread
     * @param news told of every event
     */
    Arrival(Traffic traffic, Asking asking, int maxTokens, LongSupplier mostPrompt, News news) {
        this.traffic = traffic;
        this.asking = asking;
        this.maxTokens = maxTokens;
        this.mostPrompt = mostPrompt;
        this.news = news;
        this.payment = new Payment(traffic, mostPrompt, maxTokens);
        this.place = traffic.admission().enter();
        this.reader = Thread.ofVirtual().name("arrival").unstarted(this::read);
    }

    Arrival begin() {
        reader.start();
        return this;
    }

    /** Whether a request has reached the server, so that its prompt was read. */
    boolean wasSent() {
        return sent;
    }

    /** The next event, if there is one. */
    Optional<ArrivalEvent> take() {
        return news.locked(() -> {
            var event = Optional.ofNullable(events.poll());
            if (event.isPresent()) {
                news.tell();
            }
            return event;
        });
    }

    /** Whether an event can be taken; the caller holds the lock. */
    boolean hasEvent() {
        return !events.isEmpty();
    }

    /** Reads on ahead, or not, while nobody takes. */
    void readAhead(boolean on) {
        news.locked(() -> {
            ahead = on ? AHEAD : 0;
            news.tell();
            return ahead;
        });
    }

    /** Ends the request; what has arrived and was not taken is counted as unread. */
    @Override
    public void close() {
        var left = news.locked(() -> {
            closed = true;
            long unread = 0;
            for (var event : events) {
                unread += event instanceof ArrivalEvent.Got got ? got.piece().size() : 0;
            }
            events.clear();
            traffic.spending().notRead(unread);
            news.tell();
            place.leave();
            return stream;
        });
        left.ifPresent(traffic.server()::close);
        reader.interrupt();
    }

    private void read() {
        try {
            for (int tries = 0; ; tries++) {
                try {
                    ask();
                    return;
                } catch (Fault fault) {
                    if (!goesOn(fault, tries)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants this completion any more
        } catch (RuntimeException | Error e) {
            failed(new ModelException(ModelException.Kind.FAILED, "an answer could not be read: " + e, e));
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            payment.settle();
            news.locked(() -> {
                place.leave();
                return place;
            });
        }
    }

    /** What a fault leads to: a wait before another try, or the end. */
    private boolean goesOn(Fault fault, int tries) throws InterruptedException {
        if (isClosed()) {
            return false;
        }
        if (!fault.isPassing() || tries >= traffic.caps().retries()) {
            failed(fault);
            return false;
        }
        payment.settle();
        long wait = Math.max(fault.waitNanos().orElse(0), Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(tries, 20)));
        traffic.spending().triedAgain(payment.arrived());
        put(new ArrivalEvent.Restarted());
        if (fault.isCongestion()) {
            place.congested(wait);
        }
        var next = news.locked(() -> {
            place.leave();
            place = traffic.admission().enter();
            return place;
        });
        if (!fault.isCongestion()) {
            traffic.time().sleep(wait);
        }
        if (isClosed()) {
            next.leave();
            return false;
        }
        return true;
    }

    private void failed(Fault fault) {
        var reason = fault.inRun();
        if (reason.kind() == ModelException.Kind.HALTED) {
            traffic.admission().halt(fault);
            traffic.spending().halt(fault); // before what this one gives back could pay for another one
        }
        failed(reason);
    }

    private void failed(ModelException reason) {
        payment.settle();
        news.locked(() -> {
            events.add(new ArrivalEvent.Failed(reason));
            news.tell();
            return events;
        });
    }

    private boolean isClosed() {
        return news.locked(() -> closed);
    }

    private void ask() throws Fault, InterruptedException {
        payment = new Payment(traffic, mostPrompt, maxTokens);
        payment.await(place);
        traffic.spending().asked();
        listen();
    }

    private void listen() throws Fault, InterruptedException {
        var open = payment.post(asking);
        sent = true;
        try {
            boolean late = news.locked(() -> {
                stream = Optional.of(open);
                return closed;
            });
            if (!late) {
                listen(open);
            }
        } finally {
            traffic.server().close(open);
        }
    }

    private void listen(EventStream open) throws Fault, InterruptedException {
        var reason = end(open);
        payment.settle(); // before the strategy can ask for more
        put(new ArrivalEvent.End(reason, payment.count()));
        place.succeeded();
        place.leave();
        open.drain();
    }

    /** Hands on the text to its end, of which there must be one; why it ended. */
    private String end(EventStream open) throws Fault, InterruptedException {
        Optional<String> reason;
        try {
            reason = pieces(open);
        } catch (IOException e) {
            throw open.silence().isBroken()
                    ? traffic.server().silent()
                    : traffic.server().broken(e, payment.arrived());
        }
        if (open.silence().isBroken()) {
            throw traffic.server().silent();
        }
        return reason.orElseThrow(() -> traffic.server()
                .fault(
                        Fault.Remedy.AGAIN,
                        "the stream ended after %d tokens without a finish reason".formatted(payment.arrived())));
    }

    /** Hands on every piece of the text; why it ended, where the server says so. */
    private Optional<String> pieces(EventStream open) throws IOException, Fault, InterruptedException {
        Optional<String> reason = Optional.empty();
        for (var data = open.next(); data.isPresent(); data = open.next()) {
            if (Arrays.equals(data.get(), DONE)) {
                return reason;
            }
            var piece = Piece.of(traffic.server().read(data.get()));
            piece.usage().ifPresent(payment::counted);
            if (reason.isEmpty()) {
                reason = piece.finish();
                payment.arrived(piece.size());
                if (piece.size() > 0) {
                    open.silence().listening(false);
                    put(new ArrivalEvent.Got(piece));
                    open.silence().listening(true);
                }
            }
            if (reason.isPresent()
                    && (piece.usage().isPresent() || !traffic.capabilities().usage())) {
                return reason;
            }
        }
        return reason;
    }

    /** Hands an event on, as soon as there is room for it. */
    private void put(ArrivalEvent event) throws InterruptedException {
        news.lock().lockInterruptibly();
        try {
            if (!hasRoom(event)) {
                place.leave();
                payment.rest();
                news.awaitUntil(() -> hasRoom(event));
                payment.goOn();
            }
            if (!closed) {
                events.add(event);
                news.tell();
            }
        } finally {
            news.lock().unlock();
        }
    }

    private boolean hasRoom(ArrivalEvent event) {
        return closed || !(event instanceof ArrivalEvent.Got) || events.size() < ahead;
    }
}
