package io.stallsight.it.blockhound;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Integrations for BlockHound apply even if nobody installs BlockHound. */
class IntegrationsIT {

    @TempDir
    private Path services;

    @EachJdk
    void integration_inAnApplicationWithoutBlockHound_applies(Jdk jdk) throws IOException {
        serviceFile("app.blockhound.ShopIntegration # the shop's");

        check(application(jdk, ClassPath.programs()).run().healthy());
    }

    @EachJdk
    void integration_withBlockHoundNotInstalled_applies(Jdk jdk) throws IOException {
        serviceFile("app.blockhound.ShopIntegration");

        check(application(jdk, ClassPath.programs().with("blockhound-1")).run().healthy());
    }

    @EachJdk
    void brokenIntegrations_areReportedAndLeftOut(Jdk jdk) throws IOException {
        serviceFile(
                "app.blockhound.BrokenIntegration", "", "app.blockhound.NotThere", "app.blockhound.ShopIntegration");

        Outcome outcome = application(jdk, ClassPath.programs()).run().healthy();

        check(outcome);
        assertThat(outcome.stderr())
                .filteredOn(line -> line.contains("fails and is left out"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("BrokenIntegration", "made for another version"),
                        line -> assertThat(line).contains("NotThere", "ClassNotFoundException"));
    }

    @EachJdk
    void integration_inALaterLoader_applies(Jdk jdk) throws IOException {
        serviceFile("app.blockhound.ShopIntegration");
        List<String> entries = new ArrayList<>();
        ClassPath.programs().entries().forEach(entry -> entries.add(entry.toString()));
        entries.add(services.toString());

        check(ForkedJvm.of(jdk, "app.blockhound.LateLoader", entries.toArray(new String[0]))
                .agent()
                .recording()
                .run()
                .healthy());
    }

    @EachJdk
    void predicateThatDoesNotReturn_hidesItsOwnThreadOnly(Jdk jdk) throws IOException {
        serviceFile("app.blockhound.HangingIntegration");
        List<Path> entries = new ArrayList<>(ClassPath.programs().entries());
        entries.add(services);
        Outcome outcome;
        try (RunningJvm jvm = ForkedJvm.of(jdk, "app.blockhound.Hanging")
                .agent("threads=steady")
                .deadline(Duration.ofSeconds(60))
                .classPath(new ClassPath(entries))
                .recording()
                .start()) {
            jvm.awaitLine("DONE");
            jvm.awaitError("a method of the application did not return to the agent and is not called again:"
                    + " app.blockhound.HangingIntegration.mustNotBlock");
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }

        assertThat(outcome.blockingCalls())
                .extracting(call -> call.thread() + " " + call.kind() + " " + call.api())
                .contains("changing SLEEP Thread.sleep", "steady MONITOR synchronized", "steady SLEEP Thread.sleep");
        assertThat(Recordings.events(outcome.recording(), "stallsight.LoopStall"))
                .extracting(stall -> stall.getString("loopGroup"))
                .as("loops that stalled: one computed, and then waited for a monitor")
                .containsOnly("steady")
                .hasSizeGreaterThanOrEqualTo(2);
    }

    static void check(Outcome outcome) {
        assertThat(outcome.stdout()).contains("DONE");
        assertThat(outcome.blockingCalls())
                .extracting(call -> call.thread() + " " + call.kind() + " " + call.api())
                .containsExactly(
                        "must-not SLEEP Thread.sleep",
                        "disallowed SLEEP Thread.sleep",
                        "marked MARKED Marked.spin",
                        "changing SLEEP Thread.sleep");
        assertThat(outcome.lines("CALLBACK ")).isEmpty();
    }

    private ForkedJvm application(Jdk jdk, ClassPath classPath) {
        List<Path> entries = new ArrayList<>(classPath.entries());
        entries.add(services);
        return ForkedJvm.of(jdk, "app.blockhound.WithoutBlockHound")
                .agent()
                .classPath(new ClassPath(entries))
                .recording();
    }

    private void serviceFile(String... lines) throws IOException {
        Path folder = Files.createDirectories(services.resolve("META-INF/services"));
        Files.write(folder.resolve("reactor.blockhound.integration.BlockHoundIntegration"), List.of(lines));
    }
}
