package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stallsight.hook.RecordingEngine.Report;
import org.junit.jupiter.api.Test;

/** How threads are classified, begin and end. */
class StallsightThreadsTest extends HookFixture {

    @Test
    void thread_isClassifiedOnce() {
        call(CALL);
        call(CALL);
        assertThat(engine.events).filteredOn("classify"::equals).hasSize(1);
    }

    @Test
    void thread_thatWasRenamed_isClassifiedAgain() {
        String name = Thread.currentThread().getName();
        engine.nonBlocking = thread -> thread.getName().equals("loop-1");
        try {
            assertThat(enter(CALL)).isEqualTo(StallsightCalls.NOT_WATCHED);
            Thread.currentThread().setName("loop-1");
            call(CALL);
            assertThat(engine.reports).hasSize(1);
            Thread.currentThread().setName("worker-1");
            call(CALL);
            assertThat(engine.reports).hasSize(1);
        } finally {
            Thread.currentThread().setName(name);
        }
    }

    @Test
    void thread_thatIsRenamedDuringACall_isReportedStill() {
        String name = Thread.currentThread().getName();
        try {
            StallsightSpan token = enter(CALL);
            Thread.currentThread().setName("another");
            call(OTHER_CALL);
            StallsightCalls.exit(token);
        } finally {
            Thread.currentThread().setName(name);
        }
        assertThat(engine.reports).extracting(Report::point).containsExactly(CALL);
    }

    @Test
    void dynamicThread_isAskedAtEachCall() {
        StallsightHook.current().setDynamic(true);
        assertThat(enter(CALL)).as("the engine says that it may block now").isEqualTo(StallsightCalls.NOT_WATCHED);
        assertThat(engine.events).contains("roleNow");
        assertNothingInProgress();
    }

    @Test
    void reclassify_asksAgain() {
        call(CALL);
        engine.nonBlocking = thread -> false;
        StallsightAgent.reclassify();
        call(CALL);
        assertThat(engine.reports).hasSize(1);
    }

    @Test
    void threadStart_isReported() {
        StallsightThreads.threadStart(CALL, new Thread("born"));
        assertThat(engine.events).contains("starting born");
    }

    @Test
    void threadEnd_isReported_andTheRestOfTheThreadIsNotWatched() throws InterruptedException {
        engine.nonBlocking = thread -> true;
        StallsightAgent.reclassify();
        StallsightSpan[] token = {StallsightHook.current().idle()};
        Thread thread = new Thread(() -> {
            call(CALL);
            StallsightThreads.threadEnd(CALL);
            token[0] = enter(CALL);
        });
        thread.start();
        thread.join();
        assertThat(engine.events).contains("ending");
        assertThat(token[0]).isEqualTo(StallsightCalls.NOT_WATCHED);
    }

    @Test
    void virtualThread_thatEnds_leavesNothing() throws ReflectiveOperationException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
        StallsightVirtualThreads.watch(true);
        try {
            engine.nonBlocking = thread -> true;
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class).invoke(builder, "virtual-1");
            boolean[] known = new boolean[2];
            Thread thread = (Thread) type.getMethod("start", Runnable.class).invoke(named, (Runnable) () -> {
                call(CALL);
                known[0] = StallsightStates.find(Thread.currentThread()) != null;
                StallsightThreads.threadEnd(CALL);
                known[1] = StallsightStates.find(Thread.currentThread()) != null;
            });
            thread.join();
            assertThat(known).containsExactly(true, false);
            assertThat(engine.events).contains("ending");
        } finally {
            StallsightVirtualThreads.watch(false);
        }
    }

    @Test
    void threadStart_thatFailed_isReported() {
        Thread thread = new Thread("unborn");
        StallsightThreads.threadStart(CALL, thread);
        StallsightThreads.threadStarted(CALL, thread, null);
        assertThat(engine.events).doesNotContain("start failed unborn");
        StallsightThreads.threadStarted(CALL, thread, new OutOfMemoryError("made up"));
        assertThat(engine.events).contains("start failed unborn");
    }
}
