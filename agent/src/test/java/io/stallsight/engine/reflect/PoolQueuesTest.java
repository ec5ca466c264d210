package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PoolQueuesTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void shutDown() {
        end.countDown();
        timers.shutdownNow();
    }

    private void occupyTheOnlyThread() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        timers.execute(() -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException shutDown) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
    }

    @Test
    void due_amongTimersOfLater_countsThoseThatCouldRun() throws InterruptedException {
        occupyTheOnlyThread();
        for (int i = 0; i < 1_000; i++) {
            timers.schedule(() -> {}, 1 + i % 7, TimeUnit.HOURS);
        }
        assertThat(PoolQueues.due(timers)).isZero();

        timers.scheduleAtFixedRate(() -> {}, 0, 1, TimeUnit.HOURS);
        timers.scheduleAtFixedRate(() -> {}, 0, 1, TimeUnit.HOURS);
        assertThat(PoolQueues.due(timers)).isEqualTo(2);
        assertThat(PoolQueues.isPeriodic(timers)).isTrue();

        timers.execute(() -> {});
        assertThat(PoolQueues.due(timers)).isEqualTo(3);
        assertThat(PoolQueues.isPeriodic(timers)).isFalse();
    }

    /** The application's own threads need the lock. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void scheduledPool_itsLockIsHeld_isReadAllTheSame() throws ReflectiveOperationException, InterruptedException {
        occupyTheOnlyThread();
        timers.execute(() -> {});
        Field field = timers.getQueue().getClass().getDeclaredField("lock");
        field.setAccessible(true);
        ReentrantLock lock = (ReentrantLock) field.get(timers.getQueue());
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            lock.lock();
            held.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        });
        holder.start();
        held.await();

        assertThat(PoolQueues.due(timers)).isEqualTo(1);
        assertThat(PoolQueues.first(timers, 100)).hasSize(1);

        end.countDown();
        holder.join();
    }

    @Test
    void first_queueThatGivesACopyOnly_isReadWhileItIsShort() {
        PriorityBlockingQueue<Runnable> queue = new PriorityBlockingQueue<>(10, (a, b) -> 0);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
        queue.add(() -> {});
        assertThat(PoolQueues.first(pool, 10)).hasSize(1);

        for (int i = 0; i < 2_000; i++) {
            queue.add(() -> {});
        }
        assertThat(PoolQueues.first(pool, 10)).isEmpty();
        pool.shutdownNow();
    }
}
