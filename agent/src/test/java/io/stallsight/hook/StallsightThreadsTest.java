package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(engine.events).contains("nonBlockingNow");
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
}
