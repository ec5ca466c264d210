package com.acme;

import java.util.concurrent.CountDownLatch;

/**
 * A worker of a runtime that says in a field of its own whether it is lent to work that may block. It begins its work,
 * waits until it may go on, needs a monitor then, and waits for its end.
 */
public final class LentWorker extends Thread {

    private final Runnable begin;
    private final Object monitor = new Object();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch needed = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean blocking;

    public LentWorker(Runnable begin) {
        super("compute-1");
        this.begin = begin;
    }

    @Override
    public void run() {
        begin.run();
        begun.countDown();
        await(goOn);
        synchronized (monitor) {
            needed.countDown();
        }
        await(end);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void awaitTick() throws InterruptedException {
        begun.await();
    }

    public void goOn() {
        goOn.countDown();
    }

    public void awaitNeeded() throws InterruptedException {
        needed.await();
    }

    public void end() throws InterruptedException {
        goOn.countDown();
        end.countDown();
        join();
    }

    public void lend(boolean isLent) {
        blocking = isLent;
    }

    public Object monitor() {
        return monitor;
    }
}
