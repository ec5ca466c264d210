package app.lifecycle;

import java.util.concurrent.locks.ReentrantLock;

/**
 * In strict mode, a thread named {@code loop} requests a lock that another thread holds. Then a thread that may wait
 * requests it too.
 */
public final class StrictLock {

    private static final ReentrantLock LOCK = new ReentrantLock();

    private StrictLock() {}

    public static void main(String[] args) throws InterruptedException {
        LOCK.lock();
        Thread loop = new Thread(StrictLock::tryOnLoop, "loop");
        loop.start();
        loop.join();
        System.out.println("QUEUED " + LOCK.hasQueuedThreads());
        Thread other = new Thread(StrictLock::lockAndUnlock, "other");
        other.start();
        while (!LOCK.hasQueuedThread(other)) {
            Thread.onSpinWait();
        }
        LOCK.unlock();
        other.join();
        System.out.println("LOCKED " + LOCK.isLocked());
    }

    private static void tryOnLoop() {
        try {
            LOCK.lock();
            System.out.println("ACQUIRED by loop");
        } catch (Error e) {
            System.out.println("REFUSED " + e.getMessage());
        }
    }

    private static void lockAndUnlock() {
        LOCK.lock();
        try {
            System.out.println("ACQUIRED by other");
        } finally {
            LOCK.unlock();
        }
    }
}
