package probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** {@code Object.wait} in all its forms, and conditions. */
final class Waiting {

    private Waiting() {}

    private static void notifyLate(Object lock) {
        Late.run(() -> {
            synchronized (lock) {
                lock.notifyAll();
            }
        });
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWait() {
        Object lock = new Object();
        notifyLate(lock);
        return () -> waitInAMethod(lock);
    }

    private static void waitInAMethod(Object lock) throws InterruptedException {
        synchronized (lock) {
            lock.wait();
        }
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWait_lambda() {
        Object lock = new Object();
        notifyLate(lock);
        return () -> {
            synchronized (lock) {
                lock.wait();
            }
        };
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWait_reference() {
        Object lock = new Object();
        notifyLate(lock);
        return () -> {
            synchronized (lock) {
                Calls.call(lock::wait);
            }
        };
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWaitWithTimeout() {
        Object lock = new Object();
        return () -> waitWithTimeoutInAMethod(lock);
    }

    private static void waitWithTimeoutInAMethod(Object lock) throws InterruptedException {
        synchronized (lock) {
            lock.wait(50);
        }
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWaitWithTimeout_lambda() {
        Object lock = new Object();
        return () -> {
            synchronized (lock) {
                lock.wait(50);
            }
        };
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWaitWithTimeout_reference() {
        Object lock = new Object();
        return () -> {
            synchronized (lock) {
                Calls.callLong(lock::wait, 50);
            }
        };
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWaitWithMillisAndNanos() {
        Object lock = new Object();
        return () -> {
            synchronized (lock) {
                lock.wait(50, 1);
            }
        };
    }

    @Blocks(value = "WAIT", api = "Object.wait")
    static Body objectWaitWithMillisAndNanos_reference() {
        Object lock = new Object();
        return () -> {
            synchronized (lock) {
                Calls.callLongAndInt(lock::wait, 50, 1);
            }
        };
    }

    @Blocks("WAIT/LOCK/PARK")
    static Body conditionAwait() {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        Late.run(() -> {
            lock.lock();
            try {
                condition.signalAll();
            } finally {
                lock.unlock();
            }
        });
        return () -> {
            lock.lock();
            try {
                condition.await();
            } finally {
                lock.unlock();
            }
        };
    }

    @Blocks("WAIT/LOCK/PARK")
    static Body conditionAwaitWithTimeout() {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        return () -> {
            lock.lock();
            try {
                condition.await(50, TimeUnit.MILLISECONDS);
            } finally {
                lock.unlock();
            }
        };
    }
}
