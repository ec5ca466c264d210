package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.contention.ContentionWatch;
import io.stallsight.engine.thread.CpuTimes;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many threads that wait for a monitor do not make the agent stop the JVM for more than its budget. */
class ContendedMonitorsTest {

    private static final int MANY = 3 * StackTaker.MAX_AT_ONCE;

    private final Object monitor = new Object();
    private final Catalog catalog = TestCatalogs.of("{}");
    private final Detection detection = TestDetectors.detection(catalog, TestDetectors.config("threshold.blocking=0"));
    private final CallListener listener = (call, delivery) -> {};
    private final StopBudget budget = new StopBudget(10);
    private final ContentionWatch watch = new ContentionWatch(
            detection.nonBlocking(),
            detection.glimpses(),
            new StackTaker(budget),
            new Calls(detection, listener),
            listener);

    private List<Thread> block(int number) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(this::enter, "waiting-" + i);
            detection.nonBlocking().add(thread, null);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        }
        return threads;
    }

    private void enter() {
        synchronized (monitor) {
            assertThat(Thread.holdsLock(monitor)).isTrue();
        }
    }

    /** Takes parts of 10 ms out of the budget, of which it has 50 ms. */
    private void spend(int parts) {
        for (int i = 0; i < parts; i++) {
            budget.pay(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void look() {
        watch.look(System.nanoTime(), System.nanoTime());
    }

    private long stacks() {
        return detection.nonBlocking().all().stream()
                .filter(entry -> entry.slot().get() != null)
                .count();
    }

    private static void end(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void timeInWhichTheThreadComputesAfterTheWait_isNotPartOfIt() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    enter();
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                },
                "computing");
        detection.nonBlocking().add(thread, null);
        long before;
        synchronized (monitor) {
            thread.start();
            while (thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            before = System.nanoTime();
            look();
        }
        long computed = TimeUnit.MILLISECONDS.toNanos(50);
        long end = CpuTimes.of(ThreadFacts.id(thread)) + computed;
        while (CpuTimes.of(ThreadFacts.id(thread)) < end) {
            Thread.sleep(1);
        }
        MonitorWait wait =
                (MonitorWait) detection.nonBlocking().all().get(0).slot().get();
        long after = System.nanoTime();
        long waited = wait.nanos(after);
        enough.set(true);
        thread.join();

        assertThat(waited).isLessThanOrEqualTo(after - before - computed);
    }

    @Test
    void manyWait_stacksAreTakenInBatches() throws InterruptedException {
        List<Thread> threads;
        synchronized (monitor) {
            threads = block(MANY);

            look();

            assertThat(stacks()).isPositive().isLessThanOrEqualTo(StackTaker.MAX_AT_ONCE);
            assertThat(budget.reductions()).isPositive();
        }
        end(threads);
    }

    @Test
    void budgetIsLow_stackIsTakenOfAWaitThatLastsOnly() throws InterruptedException {
        List<Thread> threads;
        synchronized (monitor) {
            threads = block(1);
            spend(4);

            look();
            assertThat(stacks()).isZero();

            look();
            assertThat(stacks()).isEqualTo(1);
        }
        end(threads);
    }

    @Test
    void budgetIsEmpty_noStackIsTaken() throws InterruptedException {
        spend(10);
        List<Thread> threads;
        synchronized (monitor) {
            threads = block(MANY);

            look();
            look();

            assertThat(stacks()).isZero();
            assertThat(budget.reductions()).isPositive();
        }
        end(threads);
    }
}
