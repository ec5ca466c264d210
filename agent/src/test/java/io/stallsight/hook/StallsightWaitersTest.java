package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The I/O events that wait for a loop. */
class StallsightWaitersTest {

    private static final Object LISTENING = new Object();

    private final StallsightWaiters waiters = new StallsightWaiters();
    private final Object client = new Object();

    /** A long tick that began with {@code ready} events, the last of which is one of {@link #client}. */
    private void longTick(int ready) {
        waiters.polled(ready);
        waiters.event(client);
        waiters.countTick(true);
        waiters.tickEnds();
    }

    /** The poll after it; the kernel has put the thread on a CPU {@code runs} further times. */
    private void poll(int ready, int runs) {
        waiters.pollBegins(10);
        waiters.polled(ready);
        waiters.pollEnded(10 + runs);
    }

    @Test
    void eventsThatAreReadyAtOnce_waited() {
        longTick(1);
        poll(3, 0);
        assertThat(waiters.waited()).isEqualTo(3);
    }

    @Test
    void eventThatThePollWaitedFor_didNotWait() {
        longTick(1);
        poll(1, 1);
        assertThat(waiters.waited()).isZero();
    }

    /** The thread lost its CPU, or stood still at a safepoint, with many events ready. */
    @Test
    void manyEventsAfterALostCpu_waited() {
        longTick(1);
        poll(20, 1);
        assertThat(waiters.waited()).isEqualTo(20);
    }

    @Test
    void clientThatSendsAgainAfterItsAnswer_didNotWait() {
        longTick(1);
        poll(2, 0);
        waiters.event(new Object());
        waiters.event(client);
        assertThat(waiters.waited()).isEqualTo(1);
    }

    @Test
    void eventsOfOnePoll_waitForEachOther() {
        longTick(5);
        poll(0, 1);
        assertThat(waiters.waited()).isEqualTo(4);
    }

    /** Neither the runs nor the events are known: macOS, and a loop that no hook knows. */
    @Test
    void whereNothingIsKnown_onlyMoreEventsThanBeforeCount() {
        waiters.polled(1);
        waiters.countTick(true);
        waiters.tickEnds();
        waiters.pollBegins(-1);
        waiters.polled(1);
        waiters.pollEnded(-1);
        assertThat(waiters.waited()).isZero();
    }

    @Test
    void sumOfAllTicks_hasThoseThatBlockedAndWereNoStall() {
        longTick(1);
        poll(3, 0);
        waiters.countTick(false);
        waiters.tickEnds();
        poll(7, 0);
        assertThat(waiters.countedTicks()).isEqualTo(1);
        assertThat(waiters.waitedInAll()).isEqualTo(2 + 7);
    }

    /** The loop accepts at most 16 at once. */
    @Test
    void connectionsThatAreAcceptedBeforeAPollWaits_waited() {
        longTick(1);
        poll(1, 0);
        accept(16);
        poll(1, 0);
        accept(4);
        assertThat(waiters.waited()).isEqualTo(20);

        poll(1, 1);
        accept(3);
        poll(1, 0);
        accept(1);
        assertThat(waiters.waited()).as("after a poll that waited").isEqualTo(20);
    }

    @Test
    void stormOfConnections_isNotCountedForEver() {
        longTick(1);
        for (int i = 0; i < 1_000; i++) {
            poll(1, 0);
            accept(1);
        }
        assertThat(waiters.waited()).isLessThan(100);
    }

    private void accept(int number) {
        for (int i = 0; i < number; i++) {
            waiters.accepted(LISTENING);
        }
        waiters.tickEnds();
    }

    @Test
    void connectionThatThePollWaitedFor_didNotWait() {
        longTick(1);
        poll(1, 1);
        waiters.accepted(client);
        waiters.accepted(client);
        assertThat(waiters.waited()).isZero();
    }

    /** No event showed that hooks see the loop's events, so a poll alone says little. */
    @Test
    void eventsAfterATickOfTasks_areNotKnownToHaveWaited() {
        waiters.polled(0);
        waiters.countTick(true);
        waiters.tickEnds();
        poll(1, 1);
        waiters.event(client);

        assertThat(waiters.isServingWaiter()).isFalse();
    }
}
