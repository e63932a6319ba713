package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private static List<Admission.Place> enter(Admission admission, int places) throws Exception {
        var entered = new ArrayList<Admission.Place>();
        for (int i = 0; i < places; i++) {
            entered.add(admission.enter());
            entered.getLast().await(1);
        }
        return entered;
    }

    @Test
    void beginsWithSixteenAndHasOneMoreAfterAsManySuccesses() throws Exception {
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
    void neverGoesBeyondItsCap() throws Exception {
        var admission = new Admission(caps(2, OptionalLong.empty()), time);
        for (int i = 0; i < 50; i++) {
            var place = enter(admission, 1).getFirst();
            place.succeeded();
            place.leave();
        }
        assertThat(admission.limit()).isEqualTo(2);
    }

    @Test
    void requestsThatWereUnderWayTogetherHalveItOnce() throws Exception {
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
    void nothingIsSentBeforeTheServersTime() throws Exception {
        var admission = new Admission(caps(64, OptionalLong.empty()), time);
        var place = enter(admission, 1).getFirst();
        place.congested(3 * SECOND);
        place.leave();

        enter(admission, 1);
        assertThat(time.slept()).containsExactly(3000L);
    }

    @Test
    void placesAreGivenInTheOrderInWhichTheyWereAskedFor() throws Exception {
        var admission = new Admission(caps(1, OptionalLong.empty()), time);
        var first = enter(admission, 1).getFirst();
        var second = admission.enter();
        var third = admission.enter();
        second.leave(); // not wanted any more
        first.leave();
        third.await(1);
        assertThat(admission.limit()).isEqualTo(1);
    }

    @Test
    void aRateOfTokensDelaysWhatGoesBeyondIt() throws Exception {
        var admission = new Admission(caps(64, OptionalLong.of(60)), time); // one a second, sixty at first
        admission.enter().await(64); // more than a minute has: waits for all of them, and leaves four owed
        assertThat(time.slept()).isEmpty();
        admission.enter().await(1);

        // four that are owed and one more: five seconds
        assertThat(time.slept()).containsExactly(5000L);
    }

    @Test
    void whatIsInFlightCountsAsIfItTookAllThatItMay() throws Exception {
        var admission = new Admission(caps(64, OptionalLong.of(60)), time);
        enter(admission, 3, 20);
        assertThat(time.slept()).isEmpty();
        enter(admission, 1, 20); // nothing of the three is settled yet
        assertThat(time.slept()).containsExactly(20_000L);
    }

    @Test
    void whatARequestDidNotTakeIsGivenBack() throws Exception {
        var admission = new Admission(caps(64, OptionalLong.of(60)), time);
        enter(admission, 3, 20);
        admission.settle(20, 5);
        enter(admission, 1, 20); // fifteen are there

        assertThat(time.slept()).containsExactly(5000L);
    }

    @Test
    void afterAHaltNothingIsSent() throws Exception {
        var admission = new Admission(caps(64, OptionalLong.empty()), time);
        var before = admission.enter();
        admission.halt(Fault.of(Fault.Remedy.STOP, "no money"));

        for (var place : List.of(before, admission.enter())) {
            assertThatThrownBy(() -> place.await(1)).isInstanceOf(Fault.class).hasMessage("no money");
        }
    }

    private static void enter(Admission admission, int places, long tokens) throws Exception {
        for (int i = 0; i < places; i++) {
            admission.enter().await(tokens);
        }
    }
}
