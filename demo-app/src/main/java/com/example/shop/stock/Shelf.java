package com.example.shop.stock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * How many items are left. A stock-taking job counts all day: it holds the lock for 80 ms, lets go for 20 ms, and so
 * on. A request that needs the lock meanwhile waits.
 */
@Component
public class Shelf implements DisposableBean {
    private static final long COUNT_MILLIS = 80;
    private static final long PAUSE_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger left = new AtomicInteger(1_000_000);
    private final Thread monitorHolder = start("stock-taking-monitor", this::countHoldingMonitor);
    private final Thread lockHolder = start("stock-taking-lock", this::countHoldingLock);

    /** The lock that the one half of the shop uses; the other half uses this object's monitor. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Takes one item and says how many are left. */
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

    /** Unlike a sleep, leaves the interrupt for the loop to see. */
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
