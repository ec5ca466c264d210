package probe;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Locks, monitors and synchronizers, contended and not. */
final class Locks {

    private static final String LOCK = "LOCK/PARK/WAIT";

    private Locks() {}

    private static ReentrantLock heldLock() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Late.hold(lock::lock, lock::unlock);
        return lock;
    }

    @Blocks("LOCK")
    static Body reentrantLock_contended() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> lockInAMethod(lock);
    }

    private static void lockInAMethod(ReentrantLock lock) {
        lock.lock();
        lock.unlock();
    }

    @Blocks("LOCK")
    static Body reentrantLock_contended_lambda() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> lock.lock();
    }

    @Blocks("LOCK")
    static Body reentrantLock_contended_reference() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> Calls.call(lock::lock);
    }

    @Blocks("LOCK")
    static Body reentrantLockInterruptibly_contended() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> lock.lockInterruptibly();
    }

    @Blocks("LOCK")
    static Body reentrantTryLockWithTimeout_contended() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> lock.tryLock(10, TimeUnit.SECONDS);
    }

    @Blocks("LOCK")
    static Body readLock_whileWritten() throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Late.hold(lock.writeLock()::lock, lock.writeLock()::unlock);
        return () -> lock.readLock().lock();
    }

    @Blocks("LOCK")
    static Body writeLock_whileRead() throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Late.hold(lock.readLock()::lock, lock.readLock()::unlock);
        return () -> lock.writeLock().lock();
    }

    @Blocks("LOCK")
    static Body stampedWriteLock_contended() throws InterruptedException {
        StampedLock lock = new StampedLock();
        Late.hold(lock::writeLock, lock::tryUnlockWrite);
        return () -> lock.writeLock();
    }

    @Blocks(LOCK)
    static Body semaphoreAcquire_exhausted() {
        Semaphore semaphore = new Semaphore(0);
        Late.run(semaphore::release);
        return () -> semaphore.acquire();
    }

    @Blocks(LOCK)
    static Body semaphoreAcquire_exhausted_reference() {
        Semaphore semaphore = new Semaphore(0);
        Late.run(semaphore::release);
        return () -> Calls.call(semaphore::acquire);
    }

    @Blocks(LOCK)
    static Body semaphoreTryAcquireWithTimeout_exhausted() {
        Semaphore semaphore = new Semaphore(0);
        return () -> semaphore.tryAcquire(50, TimeUnit.MILLISECONDS);
    }

    @Blocks(LOCK)
    static Body countDownLatchAwait() {
        CountDownLatch latch = new CountDownLatch(1);
        Late.run(latch::countDown);
        return () -> awaitInAMethod(latch);
    }

    private static void awaitInAMethod(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    @Blocks(LOCK)
    static Body countDownLatchAwait_reference() {
        CountDownLatch latch = new CountDownLatch(1);
        Late.run(latch::countDown);
        return latch::await;
    }

    @Blocks(LOCK)
    static Body countDownLatchAwaitWithTimeout() {
        CountDownLatch latch = new CountDownLatch(1);
        return () -> latch.await(50, TimeUnit.MILLISECONDS);
    }

    @Blocks(LOCK)
    static Body cyclicBarrierAwait() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Late.run(() -> awaitBarrier(barrier));
        return () -> awaitBarrier(barrier);
    }

    private static void awaitBarrier(CyclicBarrier barrier) throws InterruptedException, BrokenBarrierException {
        barrier.await();
    }

    @Blocks(LOCK)
    static Body phaserArriveAndAwaitAdvance() {
        Phaser phaser = new Phaser(2);
        Late.run(phaser::arrive);
        return () -> phaser.arriveAndAwaitAdvance();
    }

    @Blocks("LOCK/PARK/WAIT/QUEUE")
    static Body exchangerExchange() {
        Exchanger<String> exchanger = new Exchanger<>();
        Late.run(() -> exchanger.exchange("late"));
        return () -> exchanger.exchange("early");
    }

    @Blocks(value = "MONITOR", detail = "monitor holder")
    static Body synchronizedBlock_contended() throws InterruptedException {
        Object lock = new Object();
        Late.holdMonitor(lock);
        return () -> synchronizeInAMethod(lock);
    }

    private static int entered;

    private static void synchronizeInAMethod(Object lock) {
        synchronized (lock) {
            entered++;
        }
    }

    @Blocks("MONITOR")
    static Body synchronizedBlock_contended_lambda() throws InterruptedException {
        Object lock = new Object();
        Late.holdMonitor(lock);
        return () -> {
            synchronized (lock) {
                entered++;
            }
        };
    }

    private static final class Counter {
        private int count;

        synchronized void increment() {
            count++;
        }

        static synchronized void incrementAll() {
            entered++;
        }
    }

    @Blocks("MONITOR")
    static Body synchronizedMethod_contended() throws InterruptedException {
        Counter counter = new Counter();
        Late.holdMonitor(counter);
        return () -> counter.increment();
    }

    @Blocks("MONITOR")
    static Body synchronizedMethod_contended_reference() throws InterruptedException {
        Counter counter = new Counter();
        Late.holdMonitor(counter);
        return counter::increment;
    }

    @Blocks("MONITOR")
    static Body synchronizedStaticMethod_contended() throws InterruptedException {
        Late.holdMonitor(Counter.class);
        return () -> Counter.incrementAll();
    }

    @NeverBlocks
    static Body reentrantLock_uncontended() {
        ReentrantLock lock = new ReentrantLock();
        return () -> lockInAMethod(lock);
    }

    @NeverBlocks
    static Body reentrantLock_uncontended_reference() {
        ReentrantLock lock = new ReentrantLock();
        return () -> {
            Calls.call(lock::lock);
            Calls.call(lock::unlock);
        };
    }

    @NeverBlocks
    static Body reentrantLock_heldByItself() {
        ReentrantLock lock = new ReentrantLock();
        return () -> {
            lock.lock();
            lockInAMethod(lock);
            lock.unlock();
        };
    }

    @NeverBlocks
    static Body tryLock_contended() throws InterruptedException {
        ReentrantLock lock = heldLock();
        return () -> lock.tryLock();
    }

    @NeverBlocks
    static Body tryLockWithTimeout_uncontended() {
        ReentrantLock lock = new ReentrantLock();
        return () -> lock.tryLock(1, TimeUnit.SECONDS);
    }

    @NeverBlocks
    static Body readWriteLock_uncontended() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        return () -> {
            lock.readLock().lock();
            lock.readLock().unlock();
            lock.writeLock().lock();
            lock.writeLock().unlock();
        };
    }

    @NeverBlocks
    static Body stampedLock_uncontended() {
        StampedLock lock = new StampedLock();
        return () -> lock.unlockWrite(lock.writeLock());
    }

    @NeverBlocks
    static Body synchronizedBlock_uncontended() {
        Object lock = new Object();
        return () -> synchronizeInAMethod(lock);
    }

    @NeverBlocks
    static Body synchronizedMethod_uncontended() {
        Counter counter = new Counter();
        return () -> counter.increment();
    }

    @NeverBlocks
    static Body semaphoreAcquire_withPermit() {
        Semaphore semaphore = new Semaphore(1);
        return () -> semaphore.acquire();
    }

    @NeverBlocks
    static Body semaphoreTryAcquire_exhausted() {
        Semaphore semaphore = new Semaphore(0);
        return () -> semaphore.tryAcquire();
    }

    @NeverBlocks
    static Body countDownLatchAwait_open() {
        CountDownLatch latch = new CountDownLatch(0);
        return () -> latch.await();
    }

    @NeverBlocks
    static Body phaserArrive() {
        Phaser phaser = new Phaser(2);
        return () -> phaser.arrive();
    }
}
