package io.stallsight.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.fact.RequestCount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The block about an exhausted pool. */
class PoolReportTest {

    private static final StackTraceElement BUILD = new StackTraceElement("com.shop.Report", "build", "Report.java", 41);
    private static final StackTraceElement READ = new StackTraceElement("com.shop.Orders", "read", "Orders.java", 70);

    private static PoolExhaustion exhaustion(List<RequestCount> requests, List<RequestCount> waitingRequests) {
        return new PoolExhaustion(
                1,
                "orders",
                "HikariCP",
                PoolKind.CONNECTIONS,
                0,
                8_000_000_000L,
                2,
                2,
                2,
                3,
                -1,
                7_500_000_000L,
                List.of(new PoolExhaustion.Site(2, BUILD, "socket read, for 8 s", List.of(BUILD))),
                List.of(new PoolExhaustion.Site(3, READ, "for 7.5 s", List.of(READ))),
                requests,
                waitingRequests,
                0,
                2,
                true,
                PoolObstacle.WAITING);
    }

    @Test
    void requests_areThoseThatHold_andThoseThatWait() {
        PoolExhaustion exhaustion = exhaustion(
                List.of(new RequestCount("POST /reports", 2)),
                List.of(new RequestCount("GET /orders/{id}", 2), new RequestCount(RequestCount.UNKNOWN, 1)));

        assertThat(PoolReport.of(exhaustion)).isEqualTo("""
                        POOL EXHAUSTED: orders (HikariCP): 2 of 2 connections in use for 8.00 s, 3 threads wait
                            oldest   has waited for 7.50 s
                            holders  2 of 2 held by Report.build:41 (socket read, for 8 s); waiting are 3 at Orders.read:70 (for 7.5 s)
                            requests 2 POST /reports; waiting are 2 GET /orders/{id}, 1 (unknown)
                            at       com.shop.Report.build(Report.java:41)
                            fix      its holders wait; make the call faster or give it a timeout, and hold no connection while waiting for something else, before giving the pool more connections
                            stack    com.shop.Report.build(Report.java:41)""");
        assertThat(exhaustion.details())
                .endsWith("; requests: 2 POST /reports; waiting are 2 GET /orders/{id}, 1 (unknown)");
    }

    @Test
    void requests_thatWaitAlone_areNamed() {
        assertThat(exhaustion(List.of(), List.of(new RequestCount("GET /hello", 3)))
                        .requestsText())
                .isEqualTo("waiting are 3 GET /hello");
    }

    @Test
    void pool_withoutKnownRequests_saysNothingOfThem() {
        PoolExhaustion exhaustion = exhaustion(List.of(), List.of());

        assertThat(PoolReport.of(exhaustion)).doesNotContain("requests");
        assertThat(exhaustion.details()).isEqualTo(exhaustion.evidence());
    }
}
