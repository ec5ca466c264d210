package io.stallsight.engine.check;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.stallsight.engine.check.Exercise.ThrowingRunnable;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * The slow paths of locks, conditions, futures and queues: each gives up after a millisecond, or is released by a
 * helper.
 */
final class ExerciseConcurrency {

    private ExerciseConcurrency() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("contended lock", ExerciseConcurrency::contendedLock),
                new Exercise("permits of a semaphore", ExerciseConcurrency::permits),
                new Exercise("Condition.await", ExerciseConcurrency::condition),
                new Exercise("Condition.await of a long synchronizer", ExerciseConcurrency::longCondition),
                new Exercise("Future.get", ExerciseConcurrency::futures),
                new Exercise("queues and meeting points", ExerciseConcurrency::meetingPoints));
    }

    private static void contendedLock() throws InterruptedException {
        new Semaphore(0).tryAcquire(1, MILLISECONDS);
        LongLock lock = new LongLock();
        lock.acquire(1);
        lock.tryAcquireNanos(1, MILLISECONDS.toNanos(1));
        StampedLock stamped = new StampedLock();
        stamped.writeLock();
        stamped.tryReadLock(1, MILLISECONDS);
        stamped.tryWriteLock(1, MILLISECONDS);
    }

    private static void permits() throws InterruptedException {
        Semaphore permits = new Semaphore(2);
        permits.acquire();
        permits.acquireUninterruptibly();
        permits.tryAcquire(); // none is left
        permits.tryAcquire(1);
        permits.tryAcquire(1, 1, MILLISECONDS);
        permits.release(2);
        permits.acquire(1);
        permits.acquireUninterruptibly(1);
        permits.release();
    }

    private static void condition() throws Throwable {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        exercise(condition, lock::lock, lock::unlock);
    }

    private static void longCondition() throws Throwable {
        LongLock lock = new LongLock();
        Condition condition = lock.newCondition();
        exercise(condition, () -> lock.acquire(1), () -> lock.release(1));
    }

    private static void exercise(Condition condition, Runnable lock, Runnable unlock) throws Throwable {
        ThrowingRunnable signal = () -> {
            lock.run();
            condition.signalAll();
            unlock.run();
        };
        lock.run();
        try {
            awaitBriefly(condition);
            ExerciseHelper.release(condition::await, signal);
            ExerciseHelper.release(condition::awaitUninterruptibly, signal);
        } finally {
            unlock.run();
        }
    }

    private static void awaitBriefly(Condition condition) throws InterruptedException {
        condition.await(1, MILLISECONDS);
        condition.awaitNanos(1);
        condition.awaitUntil(new Date(1));
    }

    private static void futures() throws Throwable {
        giveUp(() -> new FutureTask<>(() -> null).get(1, MILLISECONDS));
        giveUp(() -> new NeverDone().get(1, MILLISECONDS));
        CompletableFuture<Void> future = new CompletableFuture<>();
        giveUp(() -> future.get(1, MILLISECONDS));
        ExerciseHelper.release(future::join, () -> future.complete(null));
    }

    private static void meetingPoints() throws Exception {
        new LinkedTransferQueue<>().poll(1, MILLISECONDS);
        giveUp(() -> new Exchanger<>().exchange("", 1, MILLISECONDS));
        Phaser phaser = new Phaser(1);
        giveUp(() -> phaser.awaitAdvanceInterruptibly(phaser.getPhase(), 1, MILLISECONDS));
    }

    /** Something that waits for a millisecond. */
    @FunctionalInterface
    private interface Waiting {
        Object run() throws Exception;
    }

    private static void giveUp(Waiting waiting) throws Exception {
        try {
            waiting.run();
        } catch (TimeoutException expected) {
            // nobody comes
        }
    }

    /** Not an adapted task: a thread that waits for an adapted task runs it itself. */
    private static final class NeverDone extends ForkJoinTask<Void> {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("NullAway") // a task without a result
        public Void getRawResult() {
            return null;
        }

        @Override
        protected void setRawResult(Void value) {}

        @Override
        protected boolean exec() {
            return false;
        }
    }

    /** A lock on the synchronizer with long state; nothing in the JDK uses it. */
    private static final class LongLock extends AbstractQueuedLongSynchronizer {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean tryAcquire(long arg) {
            return compareAndSetState(0, arg);
        }

        @Override
        protected boolean tryRelease(long arg) {
            setState(0);
            return true;
        }

        @Override
        protected boolean isHeldExclusively() {
            return getState() != 0;
        }

        Condition newCondition() {
            return new ConditionObject();
        }
    }
}
