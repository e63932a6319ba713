package parathink.models.endpoint;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one command may spend, on all servers that it asks. The most that a request can cost is set aside before it is sent,
 * and settled by what it did cost: so by the server's counts the cap is not passed, however many requests are in flight; of what
 * a server decodes and does not tell, nothing is known. Thread-safe.
 */
public final class Purse {
    private final Caps caps;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long prompt; // tokens that are paid for; guarded by the lock, as are the next five
    private long decoded;
    private long heldPrompt; // set aside
    private long heldDecoded;
    private int moving; // holds that will be settled without anybody's doing
    private Optional<Fault> halt = Optional.empty();

    /** A full one, with the prices and the cap that are given. */
    public Purse(Caps caps) {
        this.caps = caps;
    }

    /** Money set aside for one request. Thread-safe; settled once, by whoever asked for it. */
    final class Hold {
        private final long promptTokens;
        private final long decodedTokens;
        private boolean open = true; // guarded by the lock, as is the next one
        private boolean resting;

        private Hold(long promptTokens, long decodedTokens) {
            this.promptTokens = promptTokens;
            this.decodedTokens = decodedTokens;
        }

        /** Pays what the request did cost and gives the rest back; nothing happens a second time. */
        void settle(long promptPaid, long decodedPaid) {
            lock.lock();
            try {
                if (open) {
                    rest();
                    open = false;
                    heldPrompt -= promptTokens;
                    heldDecoded -= decodedTokens;
                    prompt += promptPaid;
                    decoded += decodedPaid;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** The request stands still until its strategy goes on: nobody may wait for what is set aside for it. */
        void rest() {
            lock.lock();
            try {
                if (open && !resting) {
                    resting = true;
                    moving--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** The request goes on. */
        void goOn() {
            lock.lock();
            try {
                if (open && resting) {
                    resting = false;
                    moving++;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Sets aside what a request can cost at most. Where that is not left, it waits for requests in flight to cost less than they
     * might have.
     *
     * @throws Fault when the money is not left and nothing in flight will give any back, or nothing is sent any more
     */
    Hold hold(long promptTokens, long decodedTokens) throws Fault, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (halt.isEmpty() && !fits(promptTokens, decodedTokens)) {
                if (moving == 0) {
                    throw reached(promptTokens, decodedTokens);
                }
                changed.await();
            }
            if (halt.isPresent()) {
                throw halt.get();
            }
            heldPrompt += promptTokens;
            heldDecoded += decodedTokens;
            moving++;
            return new Hold(promptTokens, decodedTokens);
        } finally {
            lock.unlock();
        }
    }

    /** Pays for nothing any more, on any server; what is held already is settled as ever. */
    void halt(Fault reason) {
        lock.lock();
        try {
            halt = halt.or(() -> Optional.of(reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long promptTokens, long decodedTokens) {
        return caps.usd().isEmpty()
                || usd(prompt + heldPrompt + promptTokens, decoded + heldDecoded + decodedTokens)
                        <= caps.usd().getAsDouble();
    }

    private double usd(long promptTokens, long decodedTokens) {
        return caps.prices()
                .map(prices -> prices.of(promptTokens, decodedTokens))
                .orElse(0.0);
    }

    private Fault reached(long promptTokens, long decodedTokens) {
        return Fault.of(
                Fault.Remedy.STOP,
                String.format(
                        Locale.ROOT,
                        "--max-usd %s is reached (%.6f spent, and the next request may cost %.6f); the same command with new"
                                + " money goes on",
                        caps.usd().orElseThrow(),
                        usd(prompt, decoded),
                        usd(promptTokens, decodedTokens)));
    }
}
