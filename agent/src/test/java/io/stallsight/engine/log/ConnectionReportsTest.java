package io.stallsight.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The blocks about fan-out and about pinned carriers. */
class ConnectionReportsTest {

    private static final StackTraceElement FIND = new StackTraceElement("com.acme.Orders", "find", "Orders.java", 57);

    @Test
    void fanOut_saysWhoOpensHowManyWhere() {
        assertThat(FanOutReport.of(new FanOut(
                        0,
                        "shop.example:443",
                        FanOut.Operation.CONNECTION,
                        FIND,
                        100,
                        200,
                        210,
                        198.7,
                        List.of(FIND),
                        Request.named("GET /orders/{id}"))))
                .isEqualTo("""
                        FAN-OUT: 200 connections to shop.example:443 at once
                            at       com.acme.Orders.find(Orders.java:57)
                            request  GET /orders/{id}
                            evidence threshold 100, 210 in flight at once from all sites, 199 connects a second
                            fix      bound it to what the downstream bears: flatMap with a concurrency, a semaphore, a pool
                            silence  threshold.fanout=200
                            stack    com.acme.Orders.find(Orders.java:57)""");
    }

    @Test
    void fanOut_ofRequests_countsRequests() {
        assertThat(FanOutReport.of(new FanOut(
                        0,
                        "shop.example:443",
                        FanOut.Operation.REQUEST,
                        FIND,
                        100,
                        200,
                        210,
                        198.7,
                        List.of(),
                        Request.UNKNOWN)))
                .startsWith("FAN-OUT: 200 requests to shop.example:443 at once")
                .contains("evidence threshold 100, 210 in flight at once from all sites, 199 requests a second");
    }

    @Test
    void fanOut_withoutASite_saysSo() {
        assertThat(FanOutReport.of(new FanOut(
                        0,
                        "shop.example:443",
                        FanOut.Operation.CONNECTION,
                        null,
                        100,
                        200,
                        210,
                        1,
                        List.of(),
                        Request.UNKNOWN)))
                .contains("at       no application frame was on the stack");
    }

    @Test
    void pinned_saysWhyAndWhatToDo() {
        assertThat(PinnedReport.of(new Pinned(
                        "orders-1",
                        42,
                        0,
                        200_000_000,
                        "LockSupport.park",
                        "Monitor held: synchronized com.acme.Orders.find",
                        FIND,
                        List.of(FIND))))
                .isEqualTo("""
                        PINNED: virtual thread orders-1 kept its carrier for 200 ms in LockSupport.park
                            at       com.acme.Orders.find(Orders.java:57)
                            reason   Monitor held: synchronized com.acme.Orders.find
                            fix      wait outside of synchronized, or use a ReentrantLock, or JDK 24 or later
                            stack    com.acme.Orders.find(Orders.java:57)""");
    }

    @Test
    void pinned_threadWithoutAName_hasItsNumber() {
        assertThat(PinnedReport.of(new Pinned("", 42, 0, 20_000_000, "", "Native frame", null, List.of())))
                .startsWith("PINNED: virtual thread #42 kept its carrier for 20 ms\n    reason   Native frame");
    }
}
