package com.example.shop.stock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The number of items that are left. A stock-taking job counts them all day: it holds the lock for 80 ms, releases it
 * for 20 ms, and repeats. A request that needs the lock meanwhile waits.
 */
@Component
public class Shelf implements DisposableBean {
    private static final long COUNT_MILLIS = 80;
    private static final long PAUSE_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger left = new AtomicInteger(1_000_000);
    private final Thread monitorHolder = start("stock-taking-monitor", this::countHoldingMonitor);
    private final Thread lockHolder = start("stock-taking-lock", this::countHoldingLock);

    /** One half of the shop uses this lock, the other half the monitor of this object. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Takes one item and returns the number of items that are left. */
    public int take() {
        return left.decrementAndGet();
    }

    private synchronized void countHoldingMonitor() {
        count();
    }

    private void countHoldingLock() {
        lock.lock();
        try {
            count();
        } finally {
            lock.unlock();
        }
    }

    private static void count() {
        pause(COUNT_MILLIS);
    }

    private static Thread start(String name, Runnable round) {
        Thread thread = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        round.run();
                        pause(PAUSE_MILLIS);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Unlike a sleep, this does not clear the interrupt, so that the loop sees it. */
    private static void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long rest = end - System.nanoTime();
                rest > 0 && !Thread.currentThread().isInterrupted();
                rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    @Override
    public void destroy() {
        monitorHolder.interrupt();
        lockHolder.interrupt();
    }
}
