package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.AgentJar;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.util.List;

/** An application with OpenTelemetry has the agent's metrics beside its own. */
class OpenTelemetryIT {

    @EachJdk
    void applicationWithAnSdk_collectsTheAgentsMetrics(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.metrics.OwnOpenTelemetry", "stallsight.blocking")
                .agent("interval=200ms")
                .classPath(ClassPath.programs().with("opentelemetry-"))
                .run()
                .healthy();

        assertThat(outcome.lines("SET BY NOBODY ELSE ")).containsExactly("true");
        assertThat(outcome.lines("METRIC "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("stallsight.blocking 's' 0.0")
                        .contains(
                                "api=Thread.sleep",
                                "site=app.metrics.OwnOpenTelemetry.main",
                                "loop.group=orders-loop-#"))
                .anySatisfy(line -> assertThat(line).startsWith("stallsight.blocking.calls '' 1.0 "))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("stallsight.agent.info '' 1.0 ")
                        .contains("mode=observe"));
    }

    @EachJdk
    void applicationUnderOpenTelemetrysAgent_exportsTheAgentsMetrics(Jdk jdk) throws Exception {
        for (boolean first : List.of(true, false)) {
            String own = "-javaagent:" + AgentJar.path() + "=interval=200ms";
            String other = "-javaagent:" + new ClassPath(List.of()).withLibs("opentelemetry-javaagent");
            try (RunningJvm jvm = ForkedJvm.of(jdk, "app.metrics.BlockedLoop")
                    .quietFramework()
                    .options(first ? other : own, first ? own : other) // agents start in this order
                    .options(
                            "-Dotel.metrics.exporter=console",
                            "-Dotel.traces.exporter=none",
                            "-Dotel.logs.exporter=none",
                            "-Dotel.metric.export.interval=500",
                            "-Dotel.javaagent.logging=simple")
                    .start()) {
                jvm.awaitLine("READY");
                assertThat(jvm.awaitError("name=stallsight.blocking,"))
                        .contains("site=\"app.metrics.BlockedLoop.", "loop.group=\"orders-loop-#\"");
                jvm.end();
                jvm.awaitExit().exited(0);
            }
        }
    }
}
