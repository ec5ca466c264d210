package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** The agent is an MBean in the application's server: it sends notifications, and a client can operate it. */
class JmxIT {

    @EachJdk
    void agent_isAnMBean_onceTheApplicationHasAServer(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.metrics.Managed")
                .agent("interval=200ms")
                .run()
                .healthy();

        assertThat(outcome.lines("SERVERS "))
                .as("MBeanServers before the application created one")
                .containsExactly("0");
        assertThat(outcome.lines("NOTIFICATION "))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "stallsight.finding SLEEP: Thread.sleep blocked orders-loop-1 at app.metrics.Managed.blockElsewhere("))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("stallsight.stall orders-loop-1 was late for ")
                        .contains("BLOCKING_CALL at app.metrics.Managed.main("));
        assertThat(outcome.lines("FINDING ").get(0))
                .startsWith("Thread.sleep app.metrics.Managed.main(")
                .endsWith(" 2");
        assertThat(outcome.lines("LOOP ")).containsExactly("orders-loop-1");
        assertThat(outcome.lines("STALLS ")).containsExactly("2");
        assertThat(outcome.lines("MODE ")).containsExactly("strict");
        assertThat(outcome.lines("STRICT ").get(0)).startsWith("BlockingCallError ");
        assertThat(outcome.lines("REFUSED "))
                .containsExactly(
                        "IllegalArgumentException bad value for option threshold.blocking in request: \"fast\";"
                                + " allowed is a duration such as 0, 500us, 1ms or 2s",
                        "IllegalArgumentException set needs two arguments, key and value");
        assertThat(outcome.lines("OPERATION "))
                .containsExactlyInAnyOrder(
                        "set[key, value] Changes mode, threshold.blocking, threshold.stall, allow or threads at run time",
                        "reset[] Deletes all findings and history");
        assertThat(outcome.lines("LEFT ")).containsExactly("0");
    }
}
