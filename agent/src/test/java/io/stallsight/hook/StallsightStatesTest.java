package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.RecordingEngine.Report;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** A thread whose thread-locals are cleared, as workers of the common pool and some libraries do, keeps its state. */
class StallsightStatesTest extends HookFixture {

    /** Like {@code ForkJoinWorkerThread.resetThreadLocals}. */
    private static void clearThreadLocals() {
        try {
            Field locals = Thread.class.getDeclaredField("threadLocals");
            locals.setAccessible(true);
            locals.set(Thread.currentThread(), null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void state_afterThreadLocalsWereCleared_isTheSame() {
        StallsightThread state = StallsightHook.current();
        clearThreadLocals();
        assertThat(StallsightHook.current()).isSameAs(state);
        assertThat(engine.events).filteredOn("classify"::equals).hasSize(1);
    }

    @Test
    void waitForWork_inWhichThreadLocalsAreCleared_ends() {
        StallsightLoop loop = HookStates.loop();
        StallsightHook.current().mustNotBlock(loop);
        StallsightSpan idle = StallsightLoops.idleEnter(IDLE);
        clearThreadLocals();
        StallsightLoops.idleExit(idle);
        assertThat(StallsightHook.current().isIdle()).isFalse();
        assertThat(loop.inTick()).isTrue();
    }

    @Test
    void tick_inWhichThreadLocalsAreCleared_ends() {
        StallsightLoop loop = HookStates.loop();
        StallsightHook.current().mustNotBlock(loop);
        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
        clearThreadLocals();
        StallsightLoops.idleExit(StallsightLoops.idleEnter(IDLE));
        assertThat(loop.ticks()).isEqualTo(1);
    }

    @Test
    void call_inWhichThreadLocalsAreCleared_isReported() {
        StallsightSpan call = enter(CALL);
        clearThreadLocals();
        call(OTHER_CALL);
        StallsightCalls.exit(call);
        assertThat(engine.reports).extracting(Report::point).containsExactly(CALL);
        assertNothingInProgress();
    }

    @Test
    void thread_thatEnds_leavesNothing() throws InterruptedException {
        Thread[] ended = new Thread[1];
        ended[0] = new Thread(() -> {
            StallsightHook.current();
            StallsightThreads.threadEnd(CALL);
        });
        ended[0].start();
        ended[0].join();
        assertThat(StallsightStates.all()).extracting(StallsightThread::thread).doesNotContain(ended);
    }

    @Test
    void threads_thatAreEqual_haveStatesOfTheirOwn() throws InterruptedException {
        class Equal extends Thread {
            private StallsightThread state;
            private StallsightThread again;

            @Override
            public void run() {
                state = StallsightHook.current();
                clearThreadLocals();
                again = StallsightHook.current();
            }

            @Override
            public boolean equals(Object other) {
                throw new AssertionError("an application's method");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("an application's method");
            }

            @Override
            public String toString() {
                throw new AssertionError("an application's method");
            }
        }
        Equal first = new Equal();
        Equal second = new Equal();
        first.start();
        second.start();
        first.join();
        second.join();
        assertThat(first.state).isNotNull().isSameAs(first.again);
        assertThat(second.state).isNotNull().isSameAs(second.again).isNotSameAs(first.state);
        assertThat(errors()).isZero();
    }
}
