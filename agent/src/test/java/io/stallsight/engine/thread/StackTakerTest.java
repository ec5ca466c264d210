package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StackTakerTest {

    private static final int LOOKS = 3_000;

    private final Object contended = new Object();
    private final StackTaker taker = new StackTaker(new StopBudget(100));
    private volatile boolean ends;

    /** A stack of one moment with the state of another one would blame a line that waits for nothing. */
    @Test
    void stackOfBlockedThread_isThatOfItsWait() throws InterruptedException {
        Thread waiting = new Thread(this::waitAndRun, "waits for a moment, runs for a moment");
        Thread holding = new Thread(this::holdAndLeave, "holds for a moment");
        waiting.start();
        holding.start();
        List<ThreadGlance> blocked = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            ThreadGlance glance =
                    taker.take(List.of(waiting), Integer.MAX_VALUE).get(0);
            if (glance != null && glance.state() == Thread.State.BLOCKED) {
                blocked.add(glance);
            }
        }
        ends = true;
        waiting.join();
        holding.join();

        assertThat(blocked).isNotEmpty().allSatisfy(glance -> {
            assertThat(glance.stack()[0].getMethodName()).isEqualTo("takeTurn");
            assertThat(glance.waitsFor()).startsWith("java.lang.Object");
        });
    }

    private void waitAndRun() {
        while (!ends) {
            takeTurn();
            spin(20);
        }
    }

    private void takeTurn() {
        synchronized (contended) {
            Thread.onSpinWait();
        }
    }

    private void holdAndLeave() {
        while (!ends) {
            synchronized (contended) {
                spin(20);
            }
            spin(5);
        }
    }

    private static void spin(int micros) {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
