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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The watching thread sleeps while no loop works, and watches a loop that begins to work at once. */
@EnabledOnOs(OS.LINUX)
class IdleIT {

    private static final int SECONDS = 6;

    /** Once a second, and once more where a timer of the server ticks. */
    private static final int MAX_A_SECOND = 3;

    /** The kernel keeps 15 characters of a name. */
    private static final String WATCHING_THREAD = "stallsight-watch".substring(0, 15);

    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+(\\d+)");

    @EachJdk
    void idleLoops_areNotLookedAt_andTheFirstStallIsSeenAllTheSame(Jdk jdk) throws IOException, InterruptedException {
        ForkedJvm fork = ForkedJvm.of(jdk, "app.loops.Idle")
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "jspecify"))
                .agent("threads=pool-*")
                .recording();
        Outcome outcome;
        long before;
        long after;
        try (RunningJvm jvm = fork.start()) {
            jvm.awaitLine("READY");
            TimeUnit.SECONDS.sleep(3); // the start is over
            before = wakeUps(jvm.pid());
            TimeUnit.SECONDS.sleep(SECONDS);
            after = wakeUps(jvm.pid());
            jvm.sendLine("compute");
            jvm.awaitLine("COMPUTED");
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }

        assertThat(after - before).as("wake-ups in %d s", SECONDS).isLessThanOrEqualTo(SECONDS * MAX_A_SECOND);
        assertThat(Recordings.events(outcome.recording(), "stallsight.LoopStall"))
                .anyMatch(stall -> stall.getString("cause").equals("CPU")
                        && stall.getString("site").startsWith("app.loops.Idle.compute"));
    }

    /** How often the watching thread has gone to sleep so far. */
    private static long wakeUps(long pid) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).trim().equals(WATCHING_THREAD)) {
                    Matcher switches = SWITCHES.matcher(Files.readString(task.resolve("status")));
                    assertThat(switches.find()).isTrue();
                    return Long.parseLong(switches.group(1));
                }
            }
        }
        throw new AssertionError("there is no watching thread");
    }
}
