package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Which request a loop serves. */
class StallsightRequestsTest extends HookFixture {

    private static final Object REQUEST = new Object();
    private static final String ROUTE = "/orders/{id}";

    private static StallsightRequest served() {
        return StallsightHook.current().request();
    }

    /** As woven code ends it. */
    private static void exit(StallsightSpan span) {
        if (span != null) {
            span.over = true;
            StallsightRequests.serveExit(span);
        }
    }

    @Test
    void request_isKnown_whileTheServerServesIt() {
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        assertThat(served().request()).isSameAs(REQUEST);
        StallsightRequests.route(OTHER_CALL, ROUTE);
        assertThat(served().route()).isEqualTo(ROUTE);

        exit(span);
        assertThat(served().request()).isNull();
        assertThat(served().route()).isNull();
        assertThat(errors()).isZero();
    }

    @Test
    void serverWithinAServer_servesTheOutermostRequest() {
        StallsightSpan outer = StallsightRequests.serveEnter(CALL, REQUEST);
        StallsightSpan inner = StallsightRequests.serveEnter(CALL, new Object());
        assertThat(inner).isNull();
        exit(inner);

        assertThat(served().request()).isSameAs(REQUEST);
        exit(outer);
    }

    @Test
    void route_withoutARequest_isNotKeptForTheNext() {
        StallsightRequests.route(OTHER_CALL, ROUTE);
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);

        assertThat(served().route()).isNull();
        exit(span);
    }

    @Test
    void waitForWork_endsARequestWhoseEndWasNotSeen() {
        StallsightRequests.serveEnter(CALL, REQUEST);
        StallsightSpan idle = StallsightLoops.idleEnter(IDLE);

        assertThat(served().request()).isNull();
        StallsightLoops.idleExit(idle);
    }

    @Test
    void longRequest_isNamedWhileItsNameIsThere() {
        StallsightHook.current().mustNotBlock(HookStates.loop());
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2L * StallsightRequests.MIN_MILLIS));
        exit(span);

        assertThat(engine.servedRequests).containsExactly(REQUEST);
    }

    @Test
    void errorOfTheEngine_doesNotLeaveTheRequestToTheNext() {
        StallsightHook.current().mustNotBlock(HookStates.loop());
        engine.failure = new IllegalStateException("broken");
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2L * StallsightRequests.MIN_MILLIS));
        exit(span);

        assertThat(errors()).isEqualTo(1);
        Object next = new Object();
        exit(StallsightRequests.serveEnter(CALL, next));
        assertThat(served().request()).isNull();
        StallsightSpan another = StallsightRequests.serveEnter(CALL, next);
        assertThat(served().request()).isSameAs(next);
        exit(another);
    }

    @Test
    void requestThatEndsAfterADetach_isNotKept() {
        StallsightRequest served = served();
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        StallsightAgent.detach();
        exit(span);

        served.over = false;
        assertThat(served.request()).isNull();
        served.over = true;
    }

    @Test
    void tickWithoutARequest_doesNotHaveThatOfTheLast() {
        StallsightLoop loop = HookStates.loop();
        HookStates.beginTick(loop, 1_000);
        loop.tick().keepIfLongestRequest("GET /orders/{id}", 500);
        assertThat(loop.tick().requestOf(400)).isEqualTo("GET /orders/{id}");
        HookStates.endTick(loop, 2_000);
        HookStates.beginTick(loop, 3_000);

        assertThat(loop.tick().requestOf(400)).isNull();
    }

    private static void serve(Object request) {
        exit(StallsightRequests.serveEnter(CALL, request));
    }

    @Test
    void requestServedLateInItsTick_waitedForWhatCameBefore() {
        StallsightLoop loop = HookStates.loop();
        StallsightHook.current().mustNotBlock(loop);
        loop.setSlowNanos(TimeUnit.MILLISECONDS.toNanos(50));
        HookStates.beginTick(loop, System.nanoTime());
        loop.tick().waiters().event(new Object());
        serve(new Object()); // the tick is not slow so far, so nothing is read
        loop.tick().waiters().tickEnds();
        HookStates.beginTick(loop, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(50));
        serve(new Object()); // of a task
        loop.tick().waiters().event(new Object());
        serve(REQUEST);

        assertThat(engine.lateRequests).containsExactly(REQUEST);
        assertThat(served().request()).isNull();
    }

    /** The client of the slow request sends its next one at once, and it did not wait. */
    @Test
    void requestOfTheTickAfterASlowOne_waited_ifItsChannelHadNoEventBefore() {
        StallsightLoop loop = HookStates.loop();
        StallsightWaiters waiters = loop.tick().waiters();
        StallsightHook.current().mustNotBlock(loop);
        Object ofSlow = new Object();
        HookStates.beginTick(loop, System.nanoTime());
        waiters.polled(1);
        waiters.event(ofSlow);
        loop.reported(4_711);
        HookStates.endTick(loop, 4_711);
        waiters.polled(2);
        waiters.pollEnded(0); // the thread lost no CPU, so the poll found both ready
        HookStates.beginTick(loop, System.nanoTime());
        waiters.event(ofSlow);
        serve(new Object());
        waiters.event(new Object());
        serve(REQUEST);

        assertThat(engine.waitedRequests).containsExactly(REQUEST);
    }

    @Test
    void shortRequest_costsNoName() {
        StallsightHook.current().mustNotBlock(HookStates.loop());
        exit(StallsightRequests.serveEnter(CALL, REQUEST));

        assertThat(engine.servedRequests).isEmpty();
    }

    @Test
    void threadThatMayBlock_hasItsRequest_andReportsNothing() {
        StallsightHook.current().letBlock();
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        StallsightRequests.route(OTHER_CALL, ROUTE);
        int number = served().number();
        assertThat(served().request()).isSameAs(REQUEST);
        assertThat(served().route()).isEqualTo(ROUTE);
        assertThat(served().isCurrent(number)).isTrue();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2L * StallsightRequests.MIN_MILLIS));

        exit(span);
        assertThat(served().request()).isNull();
        assertThat(engine.servedRequests).isEmpty();
    }

    /** A server uses one object for many requests. */
    @Test
    void endedRequest_isNotTakenForTheNextOne() {
        StallsightHook.current().letBlock();
        int before = served().number();
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        int number = served().number();
        exit(span);
        assertThat(served().isCurrent(number)).isFalse();

        StallsightSpan next = StallsightRequests.serveEnter(CALL, REQUEST);
        assertThat(served().isCurrent(number)).isFalse();
        assertThat(served().isCurrent(before)).as("the thread served none then").isFalse();
        exit(next);
    }

    @Test
    void threadThatMayBlockNoLonger_hasNoRequestWithoutATime() {
        StallsightHook.current().letBlock();
        StallsightSpan span = StallsightRequests.serveEnter(CALL, REQUEST);
        StallsightHook.current().mustNotBlock(HookStates.loop());

        assertThat(served().request()).isNull();
        exit(span);
        assertThat(engine.servedRequests).isEmpty();
    }
}
