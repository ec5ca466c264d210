package io.stallsight.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Many JVMs that end at once, as those of scripts and build tools do, four at a time: none hangs, and each has the exit
 * code and the output that it has without the agent. They share a cache of woven classes, which those that are halted
 * or terminated may leave half written.
 *
 * <p>A build starts 15; system property {@code stallsight.short.jvms=1000} starts so many.
 */
class ShortJvmsIT {

    private static final int JVMS = Integer.getInteger("stallsight.short.jvms", 15);
    private static final int AT_ONCE = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(5); // of a machine that is busy with others

    /** SIGTERM comes after one of these delays: from before the agent begins until after the application has begun. */
    private static final int DELAYS = 30;

    private static final int DELAY_MILLIS = 40;

    /**
     * SIGTERM came while the JDK made itself ready, before there are agents: it may end with a code of its own then.
     */
    private static final String NOT_YET_A_JVM = "Error occurred during initialization of VM";

    /** What JDK 25 prints, without the agent too, if SIGTERM comes before it has its modules. */
    private static final String JDK_ITSELF = "Runtime.exit(143) logging failed: Cannot invoke \"java.lang.Module.";

    /** A way to end, and the exit code that it has. */
    private enum Way {
        RETURN("returns", 0),
        EXIT("exit-on-main", 7),
        HALT("halts", 9),
        THROW("uncaught-on-main", 1),
        SIGTERM("stays", 143);

        final String argument;
        final int exitCode;

        Way(String argument, int exitCode) {
            this.argument = argument;
            this.exitCode = exitCode;
        }
    }

    @EachJdk
    void jvmsThatEndAtOnce_endAsWithoutTheAgent(Jdk jdk) throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < JVMS; i++) {
            int number = i;
            ends.add(starters.submit(() -> expectTheEndOf(jdk, number)));
        }
        starters.shutdown();
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private static void expectTheEndOf(Jdk jdk, int number) {
        Way way = Way.values()[number % Way.values().length];
        boolean hasPage = number % 3 == 0 && way != Way.THROW; // the address would stand amid the exception's lines
        ForkedJvm fork = ForkedJvm.of(jdk, "app.lifecycle.Exits", way.argument)
                .agent(hasPage ? "http=0" : "")
                .deadline(DEADLINE);
        try (RunningJvm jvm = fork.start()) {
            if (way == Way.SIGTERM) {
                int delay = number / Way.values().length % DELAYS * DELAY_MILLIS;
                LockSupport.parkNanos(Duration.ofMillis(delay).toNanos());
                jvm.terminate();
            }
            Outcome outcome = jvm.awaitExit();
            if (way == Way.SIGTERM && outcome.stdout().contains(NOT_YET_A_JVM)) {
                return;
            }
            outcome.exited(way.exitCode);
            assertThat(outcome.stdout())
                    .as(outcome::describe)
                    .isEqualTo(way == Way.RETURN ? List.of("DONE") : List.of());
            assertThat(outcome.stderr()).as(outcome::describe).allMatch(line -> isExpected(line, way));
        }
    }

    private static boolean isExpected(String line, Way way) {
        return line.startsWith("[stallsight] dashboard: http://127.0.0.1:")
                || way == Way.SIGTERM && line.startsWith(JDK_ITSELF)
                || way == Way.THROW
                        && (line.equals(
                                        "Exception in thread \"main\" java.lang.IllegalStateException: uncaught on main")
                                || line.startsWith("\tat app.lifecycle.Exits.main("));
    }
}
