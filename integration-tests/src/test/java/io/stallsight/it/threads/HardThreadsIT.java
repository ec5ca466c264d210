package io.stallsight.it.threads;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;

/** What is reported of threads that lose their thread-locals, overflow their stacks, lie, or are many. */
class HardThreadsIT {

    /** How long the programs' threads are stuck, less what another process may take of it. */
    private static final Duration STUCK = Duration.ofMillis(390);

    @EachJdk
    void threads_thatLoseTheirLocals_areFollowed(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.threads.LostLocals")
                .agent("threads=hard-*;ForkJoinPool.commonPool-worker-*")
                .options("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();

        assertFollowed(outcome, "hard-loop", "stuckOnLoop");
        assertFollowed(outcome, "ForkJoinPool.commonPool-worker-", "stuckInPool");
        assertThat(outcome.blockingCalls())
                .as("the sleep of the thread that overrides its methods" + outcome.describe())
                .anyMatch(call -> call.site().contains("sleepOnLoop"));
    }

    /** Its ticks are counted, its one stall is over, and no other one goes on. */
    private static void assertFollowed(Outcome outcome, String thread, String site) {
        assertThat(events(outcome, "stallsight.LoopLag", thread))
                .as("the lag of " + thread + outcome.describe())
                .anyMatch(event -> event.getLong("ticks") > 20);
        List<RecordedEvent> stalls = events(outcome, "stallsight.LoopStall", thread);
        assertThat(stalls)
                .as("the stall of " + thread + outcome.describe())
                .anyMatch(event -> !event.getBoolean("ongoing")
                        && event.getDuration().compareTo(STUCK) >= 0
                        && event.getString("profile").contains(site));
        assertThat(ids(stalls, true))
                .as("stalls without an end" + outcome.describe())
                .isSubsetOf(ids(stalls, false));
    }

    private static Set<Long> ids(List<RecordedEvent> stalls, boolean ongoing) {
        return stalls.stream()
                .filter(event -> event.getBoolean("ongoing") == ongoing)
                .map(event -> event.getLong("stallId"))
                .collect(Collectors.toSet());
    }

    private static List<RecordedEvent> events(Outcome outcome, String type, String thread) {
        return Recordings.events(requireNonNull(outcome.recording()), type).stream()
                .filter(event -> event.getString("name").startsWith(thread))
                .toList();
    }

    @EachJdk
    void sleeps_afterStackOverflows_areReported(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.threads.Overflows")
                .agent("threads=hard-*", "threshold.blocking=1ms")
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .exited(0);

        long sleeps = Long.parseLong(outcome.lines("sleeps ").get(0));
        assertThat(outcome.blockingCalls())
                .as(outcome.describe())
                .filteredOn(call -> call.site().contains("sleepAfterwards"))
                .hasSize((int) sleeps);
    }

    @EachJdk(from = 21)
    void virtualThreads_thatEnded_areForgotten(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.threads.ManyVirtualThreads")
                .agent("threads=hard-*")
                .options("-Xmx40m")
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();

        assertThat(outcome.lines("ended ")).hasSize(1);
        assertThat(events(outcome, "stallsight.LoopStall", "hard-virtual-"))
                .as("the stack of a virtual thread" + outcome.describe())
                .anyMatch(event -> event.getString("profile").contains("ManyVirtualThreads.stuck"));
        assertThat(outcome.blockingCalls())
                .as("the monitor that a virtual thread waits for" + outcome.describe())
                .anyMatch(call -> call.kind().equals("MONITOR")
                        && call.site().contains("ManyVirtualThreads.contended")
                        && call.duration().compareTo(STUCK.dividedBy(2)) > 0);
    }
}
