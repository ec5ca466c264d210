package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Web applications that come and go in one JVM leave nothing behind. */
class RedeployIT {

    private static final int DEPLOYMENTS = 6;

    @EachJdk
    void redeployments_underLoad_leaveNoClassLoader(Jdk jdk) throws IOException {
        Outcome outcome = redeploy(jdk, "threshold.stall=50ms", "threads=container-*", "http=0");

        assertThat(outcome.lines("LEFT ")).as(outcome::describe).containsExactly("0");
        assertThat(outcome.lines("FAILED")).as(outcome::describe).isEmpty();
        assertThat(outcome.stdout())
                .as("each application has a finding in its own log")
                .anySatisfy(line -> assertThat(line).contains("WARN stallsight -- SLEEP: Thread.sleep blocked"));
    }

    private static Outcome redeploy(Jdk jdk, String... options) throws IOException {
        Path services = TestOutput.unique("web-services");
        Path service = services.resolve("META-INF/services/reactor.blockhound.integration.BlockHoundIntegration");
        Files.createDirectories(service.getParent());
        Files.writeString(service, "app.redeploy.WebIntegration");
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(DEPLOYMENTS), services.toString()));
        ClassPath.programs()
                .with(
                        "netty-buffer",
                        "netty-common",
                        "netty-handler",
                        "netty-resolver",
                        "netty-transport",
                        "netty-codec-base",
                        "logback-classic",
                        "logback-core",
                        "slf4j-api",
                        "kotlinx-coroutines-core",
                        "kotlin-stdlib",
                        "blockhound-1")
                .entries()
                .forEach(entry -> arguments.add(entry.toString()));
        return ForkedJvm.of(jdk, "app.redeploy.Redeployments", arguments.toArray(new String[0]))
                .agent(options)
                .quietFramework()
                .options("-Xmx300m", "-Dapp.blockhound=true", "-Dio.netty.jfr.enabled=false")
                .run()
                .healthy();
    }
}
