package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Money that is set aside and settled; see {@link MoneyTest}. */
@Timeout(60) // seconds; who waits for money that never comes waits for ever
final class PurseTest {
    private static Caps caps(double usd) {
        return new Caps(
                64,
                OptionalLong.empty(),
                OptionalDouble.of(usd),
                Optional.of(new TokenPrices(1, 10)),
                2,
                Duration.ofSeconds(20));
    }

    @Test
    void moneyThatARequestDidNotTakeIsThereForTheOneThatWaits() throws Exception {
        var purse = new Purse(caps(1e-3)); // 100 decoded tokens
        var first = purse.hold(0, 80);
        var second = waits(purse, 80);
        first.settle(0, 20);

        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue(); // 20 paid for, and 80 more
    }

    /** Asks for money that is not there, by a thread that waits for it when this returns. */
    private static CompletableFuture<Boolean> waits(Purse purse, long decoded) {
        var held = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().daemon().start(() -> held.complete(held(purse, decoded)));
        long begin = System.nanoTime();
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
            Thread.onSpinWait();
        }
        return held;
    }

    private static boolean held(Purse purse, long decoded) {
        try {
            purse.hold(0, decoded);
            return true;
        } catch (Fault e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nobodyWaitsForMoneyThatComesBackOnlyWhenAStrategyGoesOn() throws Exception {
        var purse = new Purse(caps(1e-3));
        var still = purse.hold(0, 80);
        var waiting = waits(purse, 80);
        still.rest();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();

        still.goOn();
        still.settle(0, 10);
        assertThat(held(purse, 91)).isFalse();
        assertThat(held(purse, 90)).isTrue();
    }

    @Test
    void aHoldIsSettledOnce() throws Exception {
        var purse = new Purse(caps(1e-3));
        var hold = purse.hold(0, 50);
        hold.settle(0, 20);
        hold.settle(0, 20);
        assertThat(held(purse, 81)).isFalse();
        assertThat(held(purse, 80)).isTrue();
    }

    @Test
    void whoWaitsForMoneyGetsNoneOnceNothingIsSentAnyMore() throws Exception {
        var purse = new Purse(caps(1e-3));
        var first = purse.hold(0, 80);
        var second = waits(purse, 80);
        purse.halt(Fault.of(Fault.Remedy.STOP, "no such key"));
        first.settle(0, 0);

        assertThat(second.get(30, TimeUnit.SECONDS)).isFalse();
        assertThatThrownBy(() -> purse.hold(0, 1)).hasMessage("no such key");
    }
}
