package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Places among the requests in flight. */
final class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;

    private final TestingTime time = new TestingTime();

    private static Caps caps(int requests, OptionalLong tokensPerMinute) {
        return new Caps(requests, tokensPerMinute, OptionalDouble.empty(), Optional.empty(), 0, Duration.ofSeconds(1));
    }

    private static List<Admission.Place> enter(Admission admission, int places) throws InterruptedException {
        var entered = new ArrayList<Admission.Place>();
        for (int i = 0; i < places; i++) {
            entered.add(admission.enter());
            entered.getLast().await();
        }
        return entered;
    }

    @Test
    void beginsWithSixteenAndHasOneMoreAfterAsManySuccesses() throws InterruptedException {
        var admission = new Admission(caps(64, OptionalLong.empty()), time);
        assertThat(admission.limit()).isEqualTo(16);

        var places = enter(admission, 16);
        for (var place : places) {
            place.succeeded();
            place.leave();
        }
        // 16 + 16 steps of a little less than 1/16 each come to just under 17; one more success passes it
        assertThat(admission.limit()).isEqualTo(16);
        var next = enter(admission, 1).getFirst();
        next.succeeded();
        assertThat(admission.limit()).isEqualTo(17);
    }

    @Test
    void neverGoesBeyondItsCap() throws InterruptedException {
        var admission = new Admission(caps(2, OptionalLong.empty()), time);
        for (int i = 0; i < 50; i++) {
            var place = enter(admission, 1).getFirst();
            place.succeeded();
            place.leave();
        }
        assertThat(admission.limit()).isEqualTo(2);
    }

    @Test
    void requestsThatWereUnderWayTogetherHalveItOnce() throws InterruptedException {
        var admission = new Admission(caps(64, OptionalLong.empty()), time);
        var together = enter(admission, 8);
        time.sleep(SECOND);
        together.forEach(place -> place.congested(SECOND));
        assertThat(admission.limit()).isEqualTo(8);
        together.forEach(Admission.Place::leave);

        var later = enter(admission, 1).getFirst();
        later.congested(SECOND);
        assertThat(admission.limit()).isEqualTo(4);
    }

    @Test
    void nothingIsSentBeforeTheServersTime() throws InterruptedException {
        var admission = new Admission(caps(64, OptionalLong.empty()), time);
        var place = enter(admission, 1).getFirst();
        place.congested(3 * SECOND);
        place.leave();

        enter(admission, 1);
        assertThat(time.slept()).containsExactly(3000L);
    }

    @Test
    void placesAreGivenInTheOrderInWhichTheyWereAskedFor() throws InterruptedException {
        var admission = new Admission(caps(1, OptionalLong.empty()), time);
        var first = enter(admission, 1).getFirst();
        var second = admission.enter();
        var third = admission.enter();
        second.leave(); // not wanted any more
        first.leave();
        third.await();
        assertThat(admission.limit()).isEqualTo(1);
    }

    @Test
    void aRateOfTokensDelaysWhatGoesBeyondIt() throws InterruptedException {
        var admission = new Admission(caps(64, OptionalLong.of(60)), time); // one a second, sixty at first
        enter(admission, 1);
        admission.used(64); // four more than there were
        enter(admission, 1);

        // at least one token must be allowed again: five seconds
        assertThat(time.slept()).containsExactly(5000L);
    }
}
