package io.stallsight.it.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The threads that observe sleep while no loop and no pool works, and watch a loop that begins to work at once. */
@EnabledOnOs(OS.LINUX)
class IdleIT {

    private static final int SECONDS = 6;

    /** Of each thread: once a second, and once more where a timer of the server ticks. */
    private static final int MAX_A_SECOND = 3;

    /** The kernel keeps 15 characters of a name. */
    private static final List<String> THREADS =
            List.of("stallsight-watch".substring(0, 15), "stallsight-sample".substring(0, 15));

    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+(\\d+)");

    @EachJdk
    void idleLoops_areNotLookedAt_andTheFirstStallIsSeenAllTheSame(Jdk jdk) throws IOException, InterruptedException {
        ForkedJvm fork = ForkedJvm.of(jdk, "app.loops.Idle")
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "jspecify"))
                .agent("threads=pool-*")
                .recording();
        Outcome outcome;
        Map<String, Long> before;
        Map<String, Long> after;
        try (RunningJvm jvm = fork.start()) {
            jvm.awaitLine("READY");
            TimeUnit.SECONDS.sleep(3); // the start is over
            before = wakeUps(jvm.pid());
            TimeUnit.SECONDS.sleep(SECONDS);
            after = wakeUps(jvm.pid());
            jvm.sendLine("compute");
            jvm.awaitLine("COMPUTED");
            TimeUnit.SECONDS.sleep(1); // at the end, JFR writes the recording while the agent may wait for victims
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }

        assertThat(after).hasSameSizeAs(THREADS).hasSameSizeAs(before);
        after.forEach((thread, wakeUps) -> assertThat(wakeUps - before.getOrDefault(thread, 0L))
                .as("wake-ups of %s in %d s", thread, SECONDS)
                .isLessThanOrEqualTo(SECONDS * MAX_A_SECOND));
        assertThat(Recordings.events(outcome.recording(), "stallsight.LoopStall"))
                .anyMatch(stall -> stall.getString("cause").equals("CPU")
                        && stall.getString("site").startsWith("app.loops.Idle.compute"));
    }

    /** How often each of the threads has gone to sleep so far. */
    private static Map<String, Long> wakeUps(long pid) throws IOException {
        Map<String, Long> wakeUps = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm")).trim();
                Matcher switches = SWITCHES.matcher(Files.readString(task.resolve("status")));
                if (THREADS.contains(name) && switches.find()) {
                    wakeUps.put(name, Long.parseLong(switches.group(1)));
                }
            }
        }
        return wakeUps;
    }
}
