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

    /** Of a request. */
    private static final int BYTES = 50;

    private record Call(String uri) {}

    /** A connection. */
    private static final class Pipeline {

        private final int number;
        private Buffer undecoded;

        Pipeline(int number) {
            this.number = number;
        }
    }

    /** What a loop reads. */
    private static final class Buffer {

        private int readerIndex;
        private final int writerIndex;

        Buffer(int bytes) {
            writerIndex = bytes;
        }

        void decode(int bytes) {
            readerIndex += bytes;
        }
    }

    private final StallsightLoop loop = HookStates.loop();
    private final StalledRequests stalled = new StalledRequests(TestDetectors.detection(
            TestCatalogs.of("""
            {"requests": [{"class": "%s", "path": "uri", "reason": "test"}],
             "sockets": [{"class": "%s", "descriptor": "number", "buffer": "undecoded", "reason": "test"},
               {"class": "%s", "read": "readerIndex", "written": "writerIndex", "reason": "test"}]}
            """.formatted(Call.class.getName(), Pipeline.class.getName(), Buffer.class.getName()))));
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
        stalled.begins(state, loop);
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
        arrive(arrival);
        end();
    }

    /** A look at {@code arrival} finds a request at the connection with descriptor {@value #SOCKET}. */
    private StallsightArrivals arrive(long arrival) {
        StallsightArrivals arrivals = new StallsightArrivals(START, new int[] {SOCKET, OTHER_SOCKET});
        loop.tick().victims().measure(arrivals);
        arrivals.looked(arrival);
        arrivals.found(0, BYTES, arrival);
        return arrivals;
    }

    /** After the poll, all events count as ones that waited if the long tick had an event. */
    private void end() {
        HookStates.endSlowTick(loop, END);
        HookStates.poll(loop, 3);
        HookStates.beginTick(loop, END);
    }

    /** As on a connection of HTTP/2. */
    @Test
    void requestsOfOneMessage_areVictims_ifTheyCameBeforeTheEnd() {
        Pipeline connection = new Pipeline(SOCKET);
        HookStates.beginTick(loop, START);
        serve(connection, START);
        arrive(5_000_000).endsWith(0, BYTES);
        end();
        Buffer two = new Buffer(2 * BYTES);
        stalled.messageRead(loop, connection, two);
        connection.undecoded = two;
        for (int i = 0; i < 2; i++) {
            two.decode(BYTES);
            serve(connection, END + 700);
            stalled.waited(state, loop, false, true);
        }
        HookStates.endTick(loop, END + 1_000);

        assertThat(loop.tick().victims().count(END, 0)).isEqualTo(1);
        assertThat(loop.tick().victims().lost(END, 0)).isEqualTo(END + 700 - 5_000_000);
    }

    /** A loop that goes on to read the connection whose request has held it. */
    @Test
    void requestThatTheLongTickReadsItself_losesTheTimeSinceItCame() {
        Pipeline connection = new Pipeline(SOCKET);
        HookStates.beginTick(loop, START);
        serve(connection, START);
        arrive(4_000_000).looked(4_500_000);
        loop.tick().victims().arrivals().found(0, 2 * BYTES, 5_000_000);
        Buffer two = new Buffer(2 * BYTES);
        stalled.messageRead(loop, connection, two);
        connection.undecoded = two;
        stalled.messageRead(loop, new Pipeline(SOCKET), "decoded");
        for (int i = 0; i < 2; i++) {
            two.decode(BYTES);
            serve(connection, END);
            stalled.waited(state, loop, true, false);
        }
        HookStates.endSlowTick(loop, END + 1_000);

        assertThat(loop.tick().victims().lost(END + 1_000, 0)).isEqualTo(END - 4_000_000 + END - 4_750_000);
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

    /** What the kernel has when a tick ends waited for it; real sockets: {@code ArrivalWatchTest}. */
    @Test
    void endOfAnotherTick_isNotThatOfTheMeasuredOne() {
        HookStates.beginTick(loop, START);
        StallsightArrivals measured = arrive(5_000_000);
        StalledRequests.tickEnds(loop, START + 1);
        end();
        Buffer one = new Buffer(BYTES);
        stalled.messageRead(loop, new Pipeline(SOCKET), one);
        serve(new Pipeline(SOCKET), END + 700);

        assertThat(measured.isFound(0)).isTrue();
        assertThat(state.request().came()).isEqualTo(5_000_000);
    }
}
