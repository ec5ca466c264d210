package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightArrivals;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVictims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requests lost that were served late. */
class StalledRequestsTest {

    private static final long START = 1_000_000;
    private static final long END = 401_000_000;
    private static final int SOCKET = 17;
    private static final int OTHER_SOCKET = 19;

    private record Call(String uri) {}

    private record Pipeline(int number) {}

    private final StallsightLoop loop = HookStates.loop();
    private final StalledRequests stalled = new StalledRequests(
            TestDetectors.detection(TestCatalogs.of("""
            {"requests": [{"class": "%s", "path": "uri", "reason": "test"}],
             "sockets": [{"class": "%s", "descriptor": "number", "reason": "test"}]}
            """.formatted(Call.class.getName(), Pipeline.class.getName()))));
    private StallsightThread state;

    @BeforeEach
    void attach() {
        StallsightAgent.attach(TestDetectors.of(TestCatalogs.of("{}")), new byte[2]);
        state = StallsightHook.current();
    }

    @AfterEach
    void detach() {
        HookStates.endCall(state);
        state.request().over = true;
        StallsightAgent.detach();
    }

    private void serve(Object channel, long now) {
        HookStates.serve(state, loop, new Call("/hello"), channel, now);
    }

    @Test
    void requestOfThePollBeforeTheTick_losesTheTimeSinceItsBegin() {
        HookStates.beginTick(loop, START);
        serve(new Pipeline(SOCKET), START + 300);
        stalled.waited(state, loop, true, false);
        HookStates.endSlowTick(loop, END);

        StallsightVictims victims = loop.tick().victims();
        assertThat(victims.name(END, 0)).isEqualTo("/hello");
        assertThat(victims.lost(END, 0)).isEqualTo(300);
    }

    @Test
    void requestThatCameInTheTick_losesTheTimeSinceItCame() {
        afterATickInWhichARequestCameAt(5_000_000);
        serve(new Pipeline(SOCKET), END + 700);
        stalled.waited(state, loop, false, true);
        HookStates.endTick(loop, END + 1_000);

        assertThat(loop.tick().victims().lost(END, 0)).isEqualTo(END + 700 - 5_000_000);
    }

    @Test
    void requestThatWaitsForTwoTicks_losesTheTimeOfEachInTurn() {
        afterATickInWhichARequestCameAt(5_000_000);
        serve(new Pipeline(SOCKET), END + 200_000_000);
        stalled.waited(state, loop, true, true);
        HookStates.endSlowTick(loop, END + 300_000_000);

        StallsightVictims victims = loop.tick().victims();
        assertThat(victims.lost(END, 0)).isEqualTo(END - 5_000_000);
        assertThat(victims.lost(END + 300_000_000, 0)).isEqualTo(200_000_000);
    }

    @Test
    void requestOnAConnectionThatWasNotLookedAt_hasNoKnownTime() {
        afterATickInWhichARequestCameAt(5_000_000);
        serve(new Pipeline(SOCKET + 1), END + 700);
        stalled.waited(state, loop, false, true);

        assertThat(loop.tick().victims().count(END, 0)).isEqualTo(1);
        assertThat(loop.tick().victims().measured(END, 0)).isZero();
    }

    /** The next tick begins as that one ends. */
    private void afterATickInWhichARequestCameAt(long arrival) {
        HookStates.beginTick(loop, START);
        serve(new Pipeline(1), START);
        arriveAndEnd(arrival);
    }

    private void arriveAndEnd(long arrival) {
        end(arrive(arrival));
    }

    /** A look at {@code arrival} finds the connection with descriptor {@value #SOCKET}, for the first time. */
    private StallsightArrivals arrive(long arrival) {
        StallsightArrivals arrivals = new StallsightArrivals(START, new int[] {SOCKET, OTHER_SOCKET});
        arrivals.looked(arrival);
        arrivals.found(0, 0, loop.tick().waiters().events(), arrival);
        return arrivals;
    }

    /** After the poll, all events count as ones that waited if the long tick had an event. */
    private void end(StallsightArrivals arrivals) {
        loop.tick().victims().measure(arrivals);
        HookStates.endSlowTick(loop, END);
        HookStates.poll(loop, 3);
        HookStates.beginTick(loop, END);
    }

    /** As on connections of HTTP/2: one of them has the request that holds the tick, another one had one before. */
    @Test
    void requestOnAConnectionThatTheTickHasRead_lostTime_ifItCameAfterThat() {
        Pipeline connection = new Pipeline(SOCKET);
        Pipeline other = new Pipeline(OTHER_SOCKET);
        assertThat(victimsAfter(connection, other)).as("of the one before").isEqualTo(1);
        assertThat(victimsAfter(other, connection))
                .as("of the one with the request that held it")
                .isEqualTo(1);

        HookStates.beginTick(loop, START);
        StallsightArrivals arrivals = arrive(5_000_000);
        serve(connection, 6_000_000);
        assertThat(victimsOn(connection, arrivals)).as("it was read").isZero();
    }

    /** The slow tick has had events of these; something comes at the one with descriptor {@value #SOCKET} then. */
    private int victimsAfter(Pipeline... events) {
        HookStates.beginTick(loop, START);
        for (Pipeline event : events) {
            serve(event, START + 1_000);
        }
        return victimsOn(events[0].number() == SOCKET ? events[0] : events[1], arrive(5_000_000));
    }

    private int victimsOn(Pipeline connection, StallsightArrivals arrivals) {
        end(arrivals);
        serve(connection, END + 700);
        stalled.waited(state, loop, false, true);
        int victims = loop.tick().victims().count(END, 0);
        HookStates.endTick(loop, END + 1_000);
        return victims;
    }

    @Test
    void requestAfterATickOfTasks_lostTime_ifTheKernelHadItMeanwhile() {
        HookStates.beginTick(loop, START);
        arriveAndEnd(5_000_000);
        serve(new Pipeline(SOCKET), END + 700);
        stalled.waited(state, loop, false, true);
        serve(new Pipeline(OTHER_SOCKET), END + 800); // it may have come after the tick
        stalled.waited(state, loop, false, true);

        assertThat(loop.tick().victims().count(END, 0)).isEqualTo(1);
    }
}
