package io.stallsight.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * On Netty's event loops, blocking calls are flagged. On its event executors, and while a loop waits or shuts down,
 * nothing is flagged.
 */
class NettyIT {

    @EachJdk
    void netty41Nio_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "nio", ClassPath.programs().withLibs("netty-4.1"));
    }

    @EachJdk
    void netty41Epoll_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "epoll", ClassPath.programs().withLibs("netty-4.1"));
    }

    @EachJdk
    void netty42Nio_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "nio", ClassPath.programs().with("netty-"));
    }

    @EachJdk
    void netty42NioHandler_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "nio-handler", ClassPath.programs().with("netty-"));
    }

    @EachJdk
    void netty42Epoll_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "epoll", ClassPath.programs().with("netty-"));
    }

    @EachJdk
    void netty42IoUring_blockingHandler_isFlagged(Jdk jdk) {
        check(jdk, "io_uring", ClassPath.programs().withLibs("netty-4.2-io_uring"));
    }

    @EachJdk
    void tasksDuringTheShutdown_doNotWait(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.netty.LateTasks")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-"))
                .recording()
                .run()
                .healthy();

        Path recording = Objects.requireNonNull(outcome.recording());
        assertThat(Recordings.events(recording, "stallsight.LoopStall"))
                .as("the loop sleeps 100 ms between two rounds of tasks" + outcome.describe())
                .noneMatch(stall -> stall.getDuration().toMillis() > 800);
        assertThat(Recordings.events(recording, "stallsight.ThreadPool"))
                .filteredOn(pool -> pool.getString("name").startsWith("late-"))
                .isNotEmpty()
                .allMatch(pool -> pool.getDuration("oldestTask").toMillis() < 800);
    }

    private static void check(Jdk jdk, String transport, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.netty.NettyServer", transport)
                .agent()
                .quietFramework()
                .classPath(classPath)
                .recording()
                .run()
                .healthy();
        List<String> unavailable = outcome.lines("UNAVAILABLE ");
        Assumptions.assumeTrue(unavailable.isEmpty(), () -> transport + " does not work here: " + unavailable);
        Announced.exactly(outcome);
        Path recording = Objects.requireNonNull(outcome.recording());
        // for two seconds, loops and executors that shut down check for late tasks every 100 ms; no line of the
        // application does that
        assertThat(Recordings.events(recording, "stallsight.LoopStall"))
                .as(outcome::describe)
                .noneMatch(stall -> stall.getString("cause").equals("BLOCKING_CALL")
                        && stall.getString("site").isEmpty());
        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .as(outcome::describe)
                .isEmpty();
    }
}
