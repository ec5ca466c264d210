package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The work that requests hand on. */
class FollowedRequestsTest extends HookFixture {

    private final Object task = new Object();

    @AfterEach
    void stop() {
        StallsightContexts.stop();
    }

    /** Serves a request that hands the task over, and returns the request's context. */
    private long handOver() {
        StallsightSpan span = StallsightRequests.serveEnter(CALL, new Object());
        long context = StallsightHook.current().context();
        StallsightContexts.carry(OTHER_CALL, task);
        span.over = true;
        StallsightRequests.serveExit(span);
        return context;
    }

    private long contextOfTask() {
        long before = StallsightContexts.resumeEnter(OTHER_CALL, task);
        long context = StallsightHook.current().context();
        StallsightContexts.resumeExit(before);
        return context;
    }

    @Test
    void taskOfARequest_hasItsContext() {
        assertThat(StallsightContexts.followRequests()).isTrue();
        long context = handOver();

        assertThat(context).isNegative();
        assertThat(StallsightHook.current().context()).isZero();
        assertThat(contextOfTask()).isEqualTo(context);
        assertThat(engine.followedContexts).containsExactly(context);
    }

    @Test
    void taskThatTwoRequestsHaveHandedOver_isOfNone() {
        StallsightContexts.followRequests();
        handOver();
        handOver();

        assertThat(contextOfTask()).isZero();
    }

    @Test
    void taskOfNoRequest_isNotOfTheOneThatRunsIt() {
        StallsightContexts.followRequests();
        StallsightSpan span = StallsightRequests.serveEnter(CALL, new Object());

        assertThat(contextOfTask()).isZero();
        span.over = true;
        StallsightRequests.serveExit(span);
    }

    @Test
    void requestsAreNotFollowed_whileTestsHaveContexts() {
        StallsightContexts.begin(5);
        assertThat(StallsightContexts.followRequests()).isFalse();

        assertThat(handOver()).isEqualTo(5);
        StallsightContexts.begin(0);
    }

    @Test
    void nothingIsFollowed_unlessItIsWanted() {
        assertThat(handOver()).isZero();
        assertThat(contextOfTask()).isZero();
        assertThat(engine.followedContexts).isEmpty();
    }
}
