package app.deadlock;

import static app.deadlock.Waits.LONG_MILLIS;
import static app.deadlock.Waits.SHORT_MILLIS;
import static app.deadlock.Waits.later;
import static app.deadlock.Waits.sleep;

import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Loops that wait for a lock, a queue or a signal of another thread, while a task of their own refers to it. */
final class InnocentResources {

    private InnocentResources() {}

    static void addTo(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-lock", loop -> {
            ReentrantLock lock = new ReentrantLock();
            CountDownLatch held = new CountDownLatch(1);
            later(0, () -> {
                lock.lock();
                held.countDown();
                sleep(LONG_MILLIS);
                lock.unlock();
            });
            held.await();
            loop.execute(lock::isLocked);
            lock.lock();
            lock.unlock();
        });
        shapes.put("innocent-queue", loop -> {
            LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
            loop.execute(queue::size);
            later(LONG_MILLIS, () -> queue.add(1));
            queue.poll(5, TimeUnit.SECONDS);
        });
        shapes.put("innocent-semaphore", loop -> {
            Semaphore permits = new Semaphore(0);
            loop.execute(permits::availablePermits);
            later(LONG_MILLIS, permits::release);
            permits.tryAcquire(5, TimeUnit.SECONDS);
        });
        shapes.put("innocent-condition", loop -> {
            ReentrantLock lock = new ReentrantLock();
            Condition changed = lock.newCondition();
            lock.lock();
            loop.execute(() -> String.valueOf(changed));
            later(LONG_MILLIS, () -> {
                lock.lock();
                changed.signalAll();
                lock.unlock();
            });
            changed.await(5, TimeUnit.SECONDS);
            lock.unlock();
        });
        shapes.put("innocent-monitor", loop -> {
            Object monitor = new Object();
            loop.execute(monitor::hashCode);
            later(LONG_MILLIS, () -> {
                synchronized (monitor) {
                    monitor.notifyAll();
                }
            });
            synchronized (monitor) {
                monitor.wait(5_000);
            }
        });
        shapes.put("innocent-latch", loop -> {
            CountDownLatch latch = new CountDownLatch(1);
            loop.execute(latch::getCount);
            later(SHORT_MILLIS, latch::countDown);
            latch.await();
        });
        shapes.put("innocent-barrier", loop -> {
            CyclicBarrier barrier = new CyclicBarrier(2);
            loop.execute(barrier::getParties);
            later(LONG_MILLIS, () -> {
                try {
                    barrier.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
            });
            barrier.await();
        });
        shapes.put("innocent-phaser", loop -> {
            Phaser phaser = new Phaser(2);
            loop.execute(phaser::getPhase);
            later(LONG_MILLIS, phaser::arrive);
            phaser.arriveAndAwaitAdvance();
        });
        shapes.put("innocent-exchanger", loop -> {
            Exchanger<Integer> exchanger = new Exchanger<>();
            loop.execute(exchanger::hashCode);
            later(LONG_MILLIS, () -> {
                try {
                    exchanger.exchange(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            exchanger.exchange(2);
        });
        shapes.put("innocent-join", loop -> {
            Thread helper = new Thread(() -> sleep(SHORT_MILLIS));
            loop.execute(helper::isAlive);
            helper.start();
            helper.join();
        });
    }
}
