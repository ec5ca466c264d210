package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waits of tasks in a queue, and tasks that are late by their own account. */
class StallsightQueueTest {

    private final Object executor = new Object();
    private StallsightQueue queue;

    /** A task that says how late it is. */
    private record Late(long nanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(-nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    @BeforeEach
    void add() {
        queue = StallsightQueues.add(executor);
    }

    @AfterEach
    void forget() {
        StallsightQueues.prune(true);
    }

    @Test
    void sample_waitsFromQueuedToTaken() {
        Object task = new Object();
        queue.queue(task);

        assertThat(queue.sample()).isSameAs(task);
        assertThat(queue.sampleAge(queue.sampleSince() + 7)).isEqualTo(7);
        assertThat(queue.take(task)).isNotZero();
        assertThat(queue.sample()).isNull();
        assertThat(queue.sampleSince()).isZero();
    }

    @Test
    void taskThatWaitsForLong_isMeasured_andHeldWeakly() throws InterruptedException {
        Object task = new Object();
        queue.queue(task);
        long since = queue.sampleSince();
        queue.loosen(since + 1);
        assertThat(queue.sample()).as("a young task").isSameAs(task);
        queue.loosen(since + 1_000_000_000L);
        assertThat(queue.sample()).isSameAs(task);
        assertThat(queue.sampleAge(since + 7)).isEqualTo(7);
        assertThat(queue.take(task)).isNotZero();
        assertThat(queue.sample()).isNull();
    }

    @Test
    void tasksOfAPoolThatWasShutDown_areNotKept() throws InterruptedException {
        WeakReference<Object> first = new WeakReference<>(new Object());
        WeakReference<Object> second = new WeakReference<>(new Object());
        queue.queue(first.get());
        queue.queue(second.get());
        queue.loosen(System.nanoTime() + 1_000_000_000L);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!(first.refersTo(null) && second.refersTo(null)) && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(5);
        }
        assertThat(first.get()).isNull();
        assertThat(second.get()).isNull();
        assertThat(queue.sampleAge(System.nanoTime())).as("none waits").isZero();
        assertThat(queue.sampleAge(System.nanoTime())).as("none waits").isZero();
    }

    @Test
    void burst_whoseFirstIsTakenAtOnce_isMeasuredByTheOneThatWaits() {
        Object[] tasks = burst(7);
        for (int i = 0; i < 4; i++) {
            queue.take(tasks[i]);
        }
        waitLongerThan(StallsightQueue.SHORT_LIMIT);

        assertThat(queue.sampleAge(System.nanoTime())).isGreaterThan(StallsightQueue.SHORT_LIMIT);
        assertThat(queue.sample()).isSameAs(tasks[6]);
        assertThat(queue.take(tasks[6])).isNotZero();
        assertThat(queue.sample()).isNull();
        assertThat(longWaits()).isEqualTo(1);
    }

    @Test
    void burst_withoutALook_isMeasured() {
        Object[] tasks = burst(7);
        queue.hand(tasks[0]);
        waitLongerThan(StallsightQueue.SHORT_LIMIT);
        for (Object task : tasks) {
            queue.take(task);
        }

        assertThat(longWaits()).isEqualTo(1);
    }

    @Test
    void burst_ofThatManyTasks_isSampledNearItsEnd() {
        Object[] tasks = burst(200);
        for (int i = 0; i < 200 - StallsightQueue.SKIP - 1; i++) {
            queue.take(tasks[i]);
        }
        waitLongerThan(StallsightQueue.SHORT_LIMIT);

        assertThat(queue.sampleAge(System.nanoTime())).isGreaterThan(StallsightQueue.SHORT_LIMIT);
    }

    @Test
    void burst_thatWaits_isMeasuredByItsFirstAndItsLast() {
        Object[] tasks = burst(7);
        waitLongerThan(StallsightQueue.SHORT_LIMIT);
        for (Object task : tasks) {
            queue.take(task);
        }

        assertThat(longWaits()).isEqualTo(2);
    }

    private Object[] burst(int number) {
        Object[] tasks = new Object[number];
        for (int i = 0; i < number; i++) {
            tasks[i] = new Object();
            queue.queue(tasks[i]);
        }
        return tasks;
    }

    private static void waitLongerThan(long nanos) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin <= 2 * nanos) {
            Thread.onSpinWait();
        }
    }

    private long longWaits() {
        long count = 0;
        for (int i = StallsightHistogram.bucket(StallsightQueue.SHORT_LIMIT); i < StallsightHistogram.SIZE; i++) {
            count += queue.waits().count(i);
        }
        return count;
    }

    @Test
    void lateSince_taskTakenLongAfterItWasDue_isWhenItWasDue() {
        long late = TimeUnit.MILLISECONDS.toNanos(250);
        long before = System.nanoTime();
        queue.take(new Late(late));
        long after = System.nanoTime();

        assertThat(queue.lateSince()).isBetween(before - late, after - late);
    }

    @Test
    void lateSince_taskTakenInTime_isZeroAgain() {
        queue.take(new Late(TimeUnit.MILLISECONDS.toNanos(250)));
        queue.take(new Late(1_000));

        assertThat(queue.lateSince()).isZero();
    }

    @Test
    void objectThatIsQueuedTwice_isARepeat() {
        Object task = new Object();
        queue.queue(task);
        assertThat(queue.hasRepeats()).isFalse();
        queue.queue(task);
        assertThat(queue.hasRepeats()).isTrue();
    }

    @Test
    void objectThatIsQueuedAgainAfterItWasTaken_isNoRepeat() {
        Object task = new Object();
        for (int i = 0; i < 3; i++) {
            queue.queue(task);
            queue.take(task);
        }
        assertThat(queue.hasRepeats()).isFalse();
    }

    /** Nine submissions of one object wait: whichever a worker takes, the next one is not yet the tenth. */
    @Test
    void sampleOfACountingQueue_waitsForThoseBeforeIt() {
        Object task = new Object();
        queue.countFrom(9);
        queue.queue(task);
        waitLongerThan(StallsightQueue.SHORT_LIMIT);
        for (int i = 0; i < 9; i++) {
            assertThat(queue.take(task)).isZero();
            assertThat(queue.sampleAge(System.nanoTime())).isGreaterThan(StallsightQueue.SHORT_LIMIT);
        }

        assertThat(queue.take(task)).isNotZero();
        assertThat(queue.sampleAge(System.nanoTime())).isZero();
        assertThat(longWaits()).isEqualTo(1);
    }

    @Test
    void sampleOfACountingQueue_thatIsRefused_isDropped() {
        Object task = new Object();
        queue.countFrom(9);
        queue.queue(task);
        queue.reject(task);

        assertThat(queue.sample()).isNull();
    }

    @Test
    void countingQueue_isCorrectedByTheEngine() {
        Object task = new Object();
        queue.countFrom(9);
        queue.queue(task);
        queue.countFrom(0); // all were taken back

        assertThat(queue.sampleAge(System.nanoTime())).isZero();
        queue.queue(task);
        queue.take(task);
        assertThat(queue.sample()).isNull();
    }
}
