package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests that stood still behind a slow tick. */
class StallsightVictimsTest {

    private static final String HELLO = "GET /hello";
    private static final String ORDER = "GET /orders/{id}";
    private static final long SLOW_START = 711;
    private static final long SLOW_END = 4_711;
    private static final long NOW = 6_711;
    private static final int SOCKET = 17;

    private final StallsightVictims victims = new StallsightVictims();

    private void late(String name, long lost) {
        victims.late(new Object(), false, name, true, lost);
    }

    private void waited(String name, long lost) {
        waited(new Object(), false, name, lost);
    }

    private void waited(Object request, boolean continued, String name, long lost) {
        victims.waited(request, continued, name, true, lost);
    }

    private void slowTickEnds() {
        victims.tickEnds(SLOW_START, SLOW_END);
    }

    /** Ends a slow tick in which 300 bytes came at the connection. */
    private StallsightArrivals measuredTickEnds() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(1_000);
        arrivals.found(0, 300, 2_000);
        arrivals.endsWith(0, 300);
        victims.measure(arrivals);
        slowTickEnds();
        return arrivals;
    }

    private long arrival() {
        return victims.arrival(SOCKET, 0, SLOW_END, NOW, false);
    }

    private List<String> of(long end) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < victims.size(end); i++) {
            all.add(victims.count(end, i) + " " + victims.name(end, i));
        }
        return all;
    }

    @Test
    void requestsServedLate_andInTheNextTick_areThoseOfTheSlowTick() {
        late(HELLO, StallsightVictims.UNKNOWN);
        victims.tickEnds(SLOW_START, SLOW_END);
        assertThat(victims.isCounted(SLOW_END)).isFalse();
        waited(ORDER, StallsightVictims.UNKNOWN);
        waited(HELLO, StallsightVictims.UNKNOWN);
        victims.tickEnds(0, 0);

        assertThat(victims.isCounted(SLOW_END)).isTrue();
        assertThat(of(SLOW_END)).containsExactly("2 GET /hello", "1 GET /orders/{id}");
        assertThat(of(SLOW_END + 1)).isEmpty();
    }

    @Test
    void requestsServedLate_inATickThatIsNotSlow_areDropped() {
        late(HELLO, StallsightVictims.UNKNOWN);
        victims.tickEnds(0, 0);
        victims.tickEnds(SLOW_START, SLOW_END);
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).isEmpty();
    }

    @Test
    void requestsOfTheLastSlowTick_areNotThoseOfTheNext() {
        victims.tickEnds(SLOW_START, SLOW_END);
        waited(HELLO, StallsightVictims.UNKNOWN);
        late(ORDER, StallsightVictims.UNKNOWN);
        victims.tickEnds(SLOW_START, 2 * SLOW_END);
        victims.tickEnds(0, 0);

        assertThat(of(2 * SLOW_END)).containsExactly("1 GET /orders/{id}");
        assertThat(of(SLOW_END)).containsExactly("1 GET /hello");
    }

    @Test
    void moreNames_areOne() {
        victims.tickEnds(SLOW_START, SLOW_END);
        for (int i = 0; i < StallsightVictimCounts.MAX_ROUTES + 5; i++) {
            waited("GET /" + i, StallsightVictims.UNKNOWN);
        }
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END))
                .hasSize(StallsightVictimCounts.MAX_ROUTES + 1)
                .startsWith("1 GET /0")
                .endsWith("5 (other)");
    }

    @Test
    void lostTime_isThatOfTheMeasuredRequestsOfAName() {
        late(HELLO, 2_000);
        slowTickEnds();
        waited(HELLO, 1_100);
        waited(HELLO, StallsightVictims.UNKNOWN);
        waited(ORDER, StallsightVictims.UNKNOWN);
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).containsExactly("3 GET /hello", "1 GET /orders/{id}");
        assertThat(victims.measured(SLOW_END, 0)).isEqualTo(2);
        assertThat(victims.lost(SLOW_END, 0)).isEqualTo(3_100);
        assertThat(victims.measured(SLOW_END, 1)).isZero();
        assertThat(victims.lostAbout(SLOW_END, 10)).as("from 1,024 to 2,047 ns").isEqualTo(2);
    }

    @Test
    void arrival_isThatOfTheSlowTick_thenOfTheRunningOne() {
        measuredTickEnds();
        victims.read(SOCKET, 300);
        assertThat(arrival()).isEqualTo(1_500);
        victims.read(SOCKET, 10);
        assertThat(arrival()).as("after the tick").isEqualTo(NOW);
        StallsightArrivals running = new StallsightArrivals(SLOW_END, new int[] {SOCKET});
        victims.measure(running);
        running.looked(NOW - 1_000);
        victims.read(SOCKET, 10);
        assertThat(arrival()).as("after the last look").isEqualTo(NOW - 500);
    }

    @Test
    void arrivals_ofAnotherTick_areNotThoseOfTheSlowTick() {
        victims.measure(new StallsightArrivals(SLOW_START, new int[] {SOCKET}));
        victims.tickEnds(SLOW_START + 1, SLOW_END);

        assertThat(victims.knowsArrivals()).isFalse();
        assertThat(arrival()).isEqualTo(StallsightArrivals.UNKNOWN);
    }

    @Test
    void arrivals_areForgotten_afterTheTickThatReadsTheLast() {
        measuredTickEnds();
        victims.read(SOCKET, 200);
        victims.tickEnds(0, 0);
        assertThat(victims.knowsArrivals()).as("100 are left").isTrue();
        assertThat(victims.isCounted(SLOW_END)).isFalse();
        victims.read(SOCKET, 100);
        victims.tickEnds(0, 0);

        assertThat(victims.knowsArrivals()).isFalse();
        assertThat(victims.isCounted(SLOW_END)).isTrue();
    }

    @Test
    void arrivals_areForgotten_afterATickThatReadsNothing() {
        measuredTickEnds();
        victims.tickEnds(0, 0);

        assertThat(victims.isCounted(SLOW_END)).isTrue();
    }

    @Test
    void requestThatIsServedInParts_countsOnce_byItsLastName() {
        Object request = new Object();
        slowTickEnds();
        waited(request, false, "POST /orders/{id}", 1_100);
        waited(HELLO, 2_000);
        waited(request, false, "POST /orders/{order}", 9_000); // another one was served in between
        waited(new Object(), true, HELLO, 9_000); // its head was served before the slow tick
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).containsExactly("0 POST /orders/{id}", "1 GET /hello", "1 POST /orders/{order}");
        assertThat(victims.lost(SLOW_END, 0)).isZero();
        assertThat(victims.lost(SLOW_END, 2)).isEqualTo(1_100);
    }

    @Test
    void requestThatHeldTheTick_isNoVictimOfIt_whenItsBodyIsServed() {
        Object slow = new Object();
        victims.heldBy(slow);
        late(HELLO, 2_000);
        victims.late(slow, false, ORDER, true, 2_100);
        victims.tickEnds(SLOW_START, SLOW_END);
        waited(slow, false, ORDER, 2_200);
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).containsExactly("1 GET /hello");
    }

    /** In a later tick, the server's call for the body does not know the route that was found for the head. */
    @Test
    void requestWithARoute_keepsItsName() {
        Object request = new Object();
        slowTickEnds();
        victims.waited(request, false, "POST /orders/{order}", true, 4_000);
        victims.waited(request, false, "POST /orders/{id}", false, 5_000);
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).containsExactly("1 POST /orders/{order}");
    }
}
