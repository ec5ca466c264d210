package io.stallsight.it.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/**
 * An exhausted pool names the requests that hold it, and those that wait: of Spring MVC on Tomcat, Jetty, the JDK's
 * server and Reactor Netty. Functional routes of WebFlux have their whole template.
 */
class RequestsIT {

    private static final String HOLD = "2 POST /reports/%s";
    private static final int TAGGED = 10;
    private static final int WARM_UP = 20;
    private static final double MIN_NAMED = 0.9;

    /** On a busy machine. */
    private static final double MAX_ERROR = 0.15;

    private static final String WAIT = "3 GET /orders/%s\n2 GET /customers/%s\n1 (unknown)";

    @EachJdk
    void dryPool_namesTheRequestsThatHoldIt_andThoseThatWait_andBlockingCallsTheirs(Jdk jdk) throws Exception {
        Outcome outcome = ForkedJvm.of(jdk, "app.requests.DryPools")
                .agent("interval=200ms", "threshold.pool=200ms", "threshold.blocking=2ms")
                .classPath(ClassPath.programs()
                        .with("tomcat-embed-core", "tomcat-annotations-api", "jakarta.", "spring-", "commons-logging")
                        .with("micrometer-observation", "micrometer-commons", "jspecify")
                        .with("jetty-", "slf4j-api", "HikariCP", "h2-")
                        .with("netty-", "reactor-", "reactive-streams"))
                .quietFramework()
                .options("-Dslf4j.internal.verbosity=ERROR")
                .recording()
                .run()
                .healthy();
        List<RecordedEvent> exhaustions =
                Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.PoolExhausted");

        assertThat(outcome.blockingCalls())
                .as("functional routes of WebFlux")
                .filteredOn(call -> call.site().startsWith("app.requests.FunctionalRoutes.block("))
                .extracting(BlockingCall::request)
                .containsExactly("GET /orders/{order}", "GET /shops/{shop}/items/{item}", "GET /others/{id}");
        assertThat(requests(exhaustions, "tomcat"))
                .as("the templates of Spring MVC")
                .containsExactly(HOLD.formatted("{report}"), WAIT.formatted("{order}", "{customer}"), "", "");
        for (String server : jdk.feature() >= 21 ? List.of("jetty", "jdk", "virtual") : List.of("jetty", "jdk")) {
            assertThat(requests(exhaustions, server))
                    .as(server)
                    .containsExactly(HOLD.formatted("{id}"), WAIT.formatted("{id}", "{id}"), "", "");
        }
        assertThat(requests(exhaustions, "netty"))
                .as("requests that have handed on their work, once they are followed")
                .containsExactly(
                        "",
                        "",
                        "",
                        "",
                        "2 POST /reports/{id} (handed on)",
                        "3 GET /orders/{id} (handed on)\n2 GET /customers/{id} (handed on)\n1 (unknown)");
        assertThat(firstReports(exhaustions, "http-nio-127.0.0.1-auto-1-exec-#")
                        .get(0)
                        .getString("requests"))
                .as("the threads of Tomcat")
                .isEqualTo("3 GET /orders/{order}\n2 GET /customers/{customer}\n2 POST /reports/{report}");
        assertThat(outcome.errors())
                .contains(
                        "requests 2 POST /reports/{report}; waiting are 3 GET /orders/{order}, 2 GET /customers/{customer},"
                                + " 1 (unknown)");
    }

    /** As {@code -Dbench=requests}, which has other frameworks and more requests. */
    @EachJdk
    void taggedRequests_thatBlock_andThatWait_areKnown(Jdk jdk) throws Exception {
        RequestVerdict verdict = RequestTruth.run(TaggedService.WEBFLUX, Protocol.HTTP_2, "nio", jdk, TAGGED, WARM_UP);

        assertThat(verdict.wrong()).as(verdict::describe).isEmpty();
        assertThat(verdict.namedShare()).as(verdict::describe).isGreaterThanOrEqualTo(MIN_NAMED);
        assertThat(verdict.tracedShare()).as(verdict::describe).isGreaterThanOrEqualTo(MIN_NAMED);
        assertThat(verdict.victimsShare()).as(verdict::describe).isCloseTo(1, within(MAX_ERROR));
        assertThat(verdict.lostShare()).as(verdict::describe).isCloseTo(1, within(MAX_ERROR));
    }

    /** Those that hold the pool and those that wait, with requests and without. */
    private static List<String> requests(List<RecordedEvent> exhaustions, String pool) {
        return firstReports(exhaustions, pool).stream()
                .flatMap(event -> List.of(event.getString("requests"), event.getString("waitingRequests")).stream())
                .toList();
    }

    private static List<RecordedEvent> firstReports(List<RecordedEvent> exhaustions, String pool) {
        return exhaustions.stream()
                .filter(event -> event.getString("name").equals(pool) && event.getBoolean("ongoing"))
                .toList();
    }
}
