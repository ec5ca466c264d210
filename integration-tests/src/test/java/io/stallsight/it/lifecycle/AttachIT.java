package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The agent can be put into a running JVM and taken out again, without a trace. */
class AttachIT {

    private static final int TIMES = 20;

    @EachJdk
    void attachAndDetach_twentyTimesUnderLoad_leavesTheOriginalBytecodeAndNoThread(Jdk jdk) throws IOException {
        ForkedJvm target = ForkedJvm.of(jdk, "app.lifecycle.UnderLoad")
                .options("-javaagent:" + classBytesAgent(), "-XX:+EnableDynamicAgentLoading")
                .recording()
                .deadline(Duration.ofMinutes(4));
        try (RunningJvm running = target.start()) {
            running.awaitLine("READY");
            String pid = Long.toString(running.pid());
            for (int i = 0; i < TIMES; i++) {
                ForkedJvm.commandLine(jdk, "attach", pid, "threads=watched-loop")
                        .run()
                        .healthy()
                        .silent();
                running.say("attached");
                running.awaitLine("SEEN", i + 1);
                ForkedJvm.commandLine(jdk, "detach", pid).run().healthy().silent();
                running.say("detached");
                running.awaitLine("CHECKED ", i + 1);
            }
            running.say("end");
            Outcome outcome = running.awaitExit().healthy();

            assertThat(outcome.lines("CHECKED "))
                    .hasSize(TIMES)
                    .allSatisfy(classes -> assertThat(Integer.parseInt(classes)).isGreaterThan(50));
            assertThat(outcome.lines("NOT RESTORED ")).isEmpty();
            assertThat(outcome.lines("THREAD ")).isEmpty();
            assertThat(outcome.lines("LOAD FAILED ")).isEmpty();
            assertThat(outcome.blockingCalls())
                    .as("each attach saw the loop block")
                    .hasSizeGreaterThanOrEqualTo(TIMES);
        }
    }

    @EachJdk
    void attach_twice_isRefusedAndChangesNothing(Jdk jdk) throws IOException {
        ForkedJvm target = ForkedJvm.of(jdk, "app.lifecycle.UnderLoad")
                .options("-javaagent:" + classBytesAgent(), "-XX:+EnableDynamicAgentLoading");
        try (RunningJvm running = target.start()) {
            running.awaitLine("READY");
            String pid = Long.toString(running.pid());
            ForkedJvm.commandLine(jdk, "attach", pid, "threads=watched-loop").run().healthy();
            running.awaitError("Thread.sleep blocked watched-loop");

            Outcome second = ForkedJvm.commandLine(jdk, "attach", pid).run().exited(2);

            assertThat(second.stderr()).singleElement().asString().contains("already attached", pid);
            running.say("end");
            running.awaitExit().healthy();
        }
    }

    @EachJdk
    void detach_fromAJavaagent_isPossible(Jdk jdk) throws IOException {
        ForkedJvm target = ForkedJvm.of(jdk, "app.lifecycle.UnderLoad")
                .options("-javaagent:" + classBytesAgent(), "-XX:+EnableDynamicAgentLoading")
                .agent("threads=watched-loop");
        try (RunningJvm running = target.start()) {
            running.awaitLine("READY");
            running.awaitError("Thread.sleep blocked watched-loop");

            ForkedJvm.commandLine(jdk, "detach", Long.toString(running.pid())).run().healthy();

            assertThat(running.threadDump()).contains("watched-loop").doesNotContainIgnoringCase("\"stallsight");
            running.say("end");
            running.awaitExit().healthy();
        }
    }

    @EachJdk
    void check_provesEveryHook(Jdk jdk) {
        Outcome outcome = ForkedJvm.commandLine(jdk, "check").run().healthy().silent();

        assertThat(outcome.stdout().get(0)).contains("hook", "woven", "proven");
        assertThat(outcome.stdout()).hasSizeGreaterThan(100);
    }

    /** A jar with the manifest of {@code app.lifecycle.ClassBytes}; the class itself is on the class path. */
    private static Path classBytesAgent() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", "app.lifecycle.ClassBytes");
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = TestOutput.unique("class-bytes").resolve("class-bytes.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream ignored = new JarOutputStream(out, manifest)) {
            return jar;
        }
    }
}
