package parathink.models.endpoint;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one try of a request costs: the most that it can is set aside before it is sent, and settled once its cost is known.
 * Used by the thread that reads the answer.
 */
final class Payment {
    private final Traffic traffic;
    private final LongSupplier mostPrompt;
    private final int maxTokens;
    private final long taken; // tokens of the minute
    private Optional<Purse.Hold> hold = Optional.empty(); // until it is paid for
    private Optional<Piece.Count> count = Optional.empty();
    private long arrived;
    private boolean written;

    /**
     * Of a try that is not sent yet.
     *
     * @param mostPrompt tokens that its prompt can have, as far as is known when it is asked; by any thread
     * @param maxTokens that it may decode
     */
    Payment(Traffic traffic, LongSupplier mostPrompt, int maxTokens) {
        this.traffic = traffic;
        this.mostPrompt = mostPrompt;
        this.maxTokens = maxTokens;
        this.taken = mostPrompt.getAsLong() + maxTokens;
    }

    /** Waits until it may be sent, and sets aside what it can cost. */
    void await(Admission.Place place) throws Fault, InterruptedException {
        place.await(taken);
        try {
            hold = Optional.of(traffic.spending().hold(taken - maxTokens, maxTokens));
        } finally {
            if (hold.isEmpty()) {
                traffic.admission().settle(taken, 0);
            }
        }
    }

    /** Sends the request, whose prompt the server may read from now on unless it turns it away. */
    EventStream post(Asking asking) throws Fault, InterruptedException {
        written = true;
        try {
            return traffic.server().post(asking);
        } catch (Fault fault) {
            written = !fault.isRefusal();
            throw fault;
        }
    }

    void arrived(int tokens) {
        arrived += tokens;
    }

    /** Tokens that have arrived. */
    long arrived() {
        return arrived;
    }

    void counted(Piece.Count known) {
        count = Optional.of(known);
    }

    Optional<Piece.Count> count() {
        return count;
    }

    /** The answer stands still until its strategy goes on. */
    void rest() {
        hold.ifPresent(Purse.Hold::rest);
    }

    void goOn() {
        hold.ifPresent(Purse.Hold::goOn);
    }

    /**
     * Pays: as the server counted; where its count has not come, the most that the prompt can be and the tokens that arrived. Nothing
     * happens a second time.
     */
    void settle() {
        if (hold.isPresent()) {
            long prompt = count.map(Piece.Count::prompt).orElseGet(() -> written ? mostPrompt.getAsLong() : 0);
            long decoded = Math.max(arrived, count.map(Piece.Count::decoded).orElse(0L));
            traffic.spending().ended(hold.get(), prompt, decoded);
            traffic.admission().settle(taken, prompt + decoded);
            hold = Optional.empty();
        }
    }
}
