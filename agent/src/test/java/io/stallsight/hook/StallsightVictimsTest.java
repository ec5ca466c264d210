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
    private static final long ARRIVAL = 1_711;
    private static final int SOCKET = 17;
    private static final int OTHER_SOCKET = 18;

    private final StallsightVictims victims = new StallsightVictims();

    private void late(String name, long lost) {
        victims.late(new Object(), false, name, true, lost);
    }

    private void waited(String name, long lost) {
        waited(new Object(), false, name, lost);
    }

    private void waited(Object request, boolean continued, String name, long lost) {
        boolean isKnown = lost != StallsightVictims.UNKNOWN;
        victims.waited(request, continued, name, true, isKnown ? SOCKET : OTHER_SOCKET, 0, ARRIVAL + lost);
    }

    /** Ends a slow tick in which one of the two connections is known to have got something to read. */
    private void slowTickEnds() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(ARRIVAL);
        arrivals.found(0, 0, 0, ARRIVAL);
        victims.measure(arrivals);
        victims.tickEnds(SLOW_START, SLOW_END);
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
    void arrival_isInTheMiddleOfTheTimeInWhichTheConnectionBecameReadable() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET, 3, OTHER_SOCKET});
        victims.measure(arrivals);
        arrivals.looked(1_000);
        arrivals.found(1, 0, 0, 2_000); // they are in order: 3, 17, 18
        arrivals.looked(2_000);
        victims.tickEnds(SLOW_START, SLOW_END);

        assertThat(arrivals.descriptor(1)).isEqualTo(SOCKET);
        assertThat(victims.arrival(SOCKET)).isEqualTo(1_500);
        assertThat(victims.arrival(OTHER_SOCKET)).as("after the last look").isEqualTo((2_000 + SLOW_END) / 2);
        assertThat(victims.arrival(19)).as("not looked at").isEqualTo(StallsightArrivals.UNKNOWN);
    }

    @Test
    void arrivals_ofAnotherTick_areNotThoseOfTheSlowTick() {
        victims.measure(new StallsightArrivals(SLOW_START, new int[] {SOCKET}));
        victims.tickEnds(SLOW_START + 1, SLOW_END);

        assertThat(victims.knowsArrivals()).isFalse();
        assertThat(victims.arrival(SOCKET)).isEqualTo(StallsightArrivals.UNKNOWN);
    }

    @Test
    void arrivals_areForgotten_afterTheTickThatServesTheRequests() {
        victims.measure(new StallsightArrivals(SLOW_START, new int[] {SOCKET}));
        victims.tickEnds(SLOW_START, SLOW_END);
        assertThat(victims.knowsArrivals()).isTrue();
        victims.tickEnds(0, 0);

        assertThat(victims.knowsArrivals()).isFalse();
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

    /** As on a connection of HTTP/2: of four requests, one came, then two at once, and then the last one. */
    @Test
    void requestsOfOneConnection_cameWhenTheirBytesCame() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(1_000);
        arrivals.found(0, 50, 0, 1_000);
        arrivals.looked(2_000);
        arrivals.found(0, 150, 0, 2_000);
        arrivals.found(0, 150, 0, 3_000);
        arrivals.looked(4_000);
        arrivals.found(0, 200, 0, 4_000);
        victims.measure(arrivals);
        victims.tickEnds(SLOW_START, SLOW_END);
        for (int i = 0; i < 4; i++) {
            victims.waited(new Object(), false, HELLO, true, SOCKET, 0, 5_000);
        }
        victims.tickEnds(0, 0);

        assertThat(victims.measured(SLOW_END, 0)).isEqualTo(4);
        assertThat(victims.lost(SLOW_END, 0)).isEqualTo(4_000 + 3_000 + 3_000 + 1_000);
    }

    @Test
    void requestsOfOneConnection_thatCameEachForItself_mayDifferInLength() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(1_000);
        arrivals.found(0, 380, 0, 1_000);
        arrivals.looked(3_000);
        arrivals.found(0, 420, 0, 3_000);
        victims.measure(arrivals);
        victims.tickEnds(SLOW_START, SLOW_END);
        victims.waited(new Object(), false, HELLO, true, SOCKET, 0, 5_000);
        victims.waited(new Object(), false, HELLO, true, SOCKET, 0, 5_000);
        victims.tickEnds(0, 0);

        assertThat(victims.lost(SLOW_END, 0)).isEqualTo(4_000 + 2_000);
    }

    @Test
    void whatTheSlowTickRead_isNotWhatWaitedForIt() {
        assertThat(foundAfter(1).isFound(SOCKET, 2)).as("read later").isFalse();
        assertThat(foundAfter(2).isFound(SOCKET, 2))
                .as("came after it was read")
                .isTrue();
        assertThat(foundAfter(2).isFound(SOCKET, 0)).as("never read").isTrue();
        assertThat(foundAfter(2).isFound(OTHER_SOCKET, 0)).isFalse();

        StallsightArrivals both = foundAfter(1);
        both.found(0, 80, 3, 2_000); // 30 more, as it read the 50
        both.looked(2_000);
        assertThat(both.isFound(SOCKET, 2)).isTrue();
        assertThat(both.of(SOCKET, 0, 1, SLOW_END)).isEqualTo(1_500);

        StallsightArrivals fewer = foundAfter(1);
        fewer.found(0, 20, 1, 2_000);
        assertThat(fewer.of(SOCKET, 0, 1, SLOW_END))
                .as("a look saw that it was read")
                .isEqualTo(1_500);
        fewer.found(0, 0, 1, 3_000);
        assertThat(fewer.isFound(SOCKET, 0)).isFalse();
    }

    /** 50 bytes, at 1,000. */
    private static StallsightArrivals foundAfter(int events) {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(1_000);
        arrivals.found(0, 50, events, 1_000);
        return arrivals;
    }

    /** Of 300 bytes, the next tick reads 100 with one request, and the ticks after it the rest. */
    @Test
    void requestsThatALoopReadsInLaterTicks_areThoseOfTheSlowTick() {
        StallsightArrivals arrivals = new StallsightArrivals(SLOW_START, new int[] {SOCKET});
        arrivals.looked(1_000);
        arrivals.found(0, 300, 0, 1_000);
        victims.measure(arrivals);
        victims.tickEnds(SLOW_START, SLOW_END);
        serveIfItWaited(200);
        victims.tickEnds(0, 0);
        assertThat(victims.isCounted(SLOW_END)).isFalse();
        serveIfItWaited(100);
        victims.tickEnds(0, 0);
        serveIfItWaited(100); // others came in the meantime
        victims.tickEnds(0, 0);
        serveIfItWaited(0);
        victims.tickEnds(0, 0);

        assertThat(victims.isCounted(SLOW_END)).isTrue();
        assertThat(of(SLOW_END)).containsExactly("3 GET /hello");
        assertThat(victims.lost(SLOW_END, 0)).isEqualTo(3 * 4_000);
    }

    @Test
    void requestsOfAConnection_ofWhichATickReadsAll_orNothing_areThoseOfTheSlowTickNoMore() {
        slowTickEnds();
        serveIfItWaited(0);
        victims.tickEnds(0, 0);
        assertThat(victims.isCounted(SLOW_END)).isTrue();
        serveIfItWaited(0);

        assertThat(of(SLOW_END)).containsExactly("1 GET /hello");
    }

    private void serveIfItWaited(int left) {
        if (victims.isFound(SOCKET, 0)) {
            victims.waited(new Object(), false, HELLO, true, SOCKET, left, 5_000);
        }
    }

    /** In a later tick, the server's call for the body does not know the route that was found for the head. */
    @Test
    void requestWithARoute_keepsItsName() {
        Object request = new Object();
        slowTickEnds();
        victims.waited(request, false, "POST /orders/{order}", true, SOCKET, 0, 5_000);
        victims.waited(request, false, "POST /orders/{id}", false, SOCKET, 0, 6_000);
        victims.tickEnds(0, 0);

        assertThat(of(SLOW_END)).containsExactly("1 POST /orders/{order}");
    }
}
