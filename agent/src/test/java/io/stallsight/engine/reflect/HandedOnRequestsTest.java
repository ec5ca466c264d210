package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightContexts;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which names are kept, and for how long. */
class HandedOnRequestsTest {

    private static final long CONTEXT = -7;

    private final HandedOnRequests requests = new HandedOnRequests(served -> "");
    private final long now = System.nanoTime();

    @AfterEach
    void stop() {
        StallsightContexts.stop();
    }

    @Test
    void name_isKeptOnlyWhileItIsWanted() {
        requests.named(CONTEXT, "GET /early");
        assertThat(requests.nameOf(CONTEXT)).isEmpty();

        requests.wanted(now);
        requests.named(CONTEXT, "GET /orders/{id}");
        assertThat(requests.nameOf(CONTEXT)).isEqualTo("GET /orders/{id}");

        requests.rest(now + TimeUnit.SECONDS.toNanos(HandedOnRequests.SECONDS - 1));
        assertThat(requests.nameOf(CONTEXT)).isEqualTo("GET /orders/{id}");
        requests.rest(now + TimeUnit.SECONDS.toNanos(HandedOnRequests.SECONDS));
        assertThat(requests.nameOf(CONTEXT)).isEmpty();
    }

    @Test
    void furtherReport_prolongsIt() {
        requests.wanted(now);
        requests.wanted(now + TimeUnit.SECONDS.toNanos(HandedOnRequests.SECONDS - 1));
        requests.named(CONTEXT, "GET /orders/{id}");
        requests.rest(now + TimeUnit.SECONDS.toNanos(HandedOnRequests.SECONDS));

        assertThat(requests.nameOf(CONTEXT)).isEqualTo("GET /orders/{id}");
    }

    @Test
    void whatATestStopped_beginsAgainWithTheNextReport() {
        requests.wanted(now);
        StallsightContexts.stop();
        requests.wanted(now);

        assertThat(StallsightContexts.isFollowed()).isTrue();
    }

    @Test
    void name_isThatOfItsContextOnly() {
        requests.wanted(now);
        requests.named(CONTEXT, "GET /orders/{id}");

        assertThat(requests.nameOf(CONTEXT - HandedOnRequests.MAX_REQUESTS)).isEmpty();
        assertThat(requests.nameOf(0)).isEmpty();
        requests.named(CONTEXT - HandedOnRequests.MAX_REQUESTS, "GET /hello");
        assertThat(requests.nameOf(CONTEXT)).isEmpty();
    }
}
