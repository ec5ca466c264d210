package app.pools;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A gate at which handlers and tasks wait until it opens. */
final class Gate {

    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Called by a worker, which waits. */
    String hold() {
        entered.release();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "held";
    }

    /** Waits until this number of further workers waits. */
    void awaitHeld(int workers) {
        entered.acquireUninterruptibly(workers);
    }

    void open() {
        open.countDown();
    }
}
