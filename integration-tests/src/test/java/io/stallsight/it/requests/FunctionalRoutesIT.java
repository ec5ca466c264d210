package io.stallsight.it.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** Requests of functional routes of WebFlux have their templates. */
class FunctionalRoutesIT {

    @EachJdk
    void functionalRoute_hasTheWholePattern(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.requests.FunctionalRoutes")
                .agent("threshold.blocking=2ms")
                .quietFramework()
                .classPath(ClassPath.programs()
                        .with("spring-", "commons-logging", "micrometer-observation", "micrometer-commons")
                        .with("netty-", "reactor-", "reactive-streams", "jspecify", "slf4j-api"))
                .options("-Dslf4j.internal.verbosity=ERROR")
                .recording()
                .run()
                .healthy();

        assertThat(outcome.blockingCalls())
                .as(outcome::describe)
                .filteredOn(call -> call.site().startsWith("app.requests.FunctionalRoutes.block("))
                .extracting(BlockingCall::request)
                .containsExactly("GET /orders/{order}", "GET /shops/{shop}/items/{item}", "GET /others/{id}");
    }
}
