package com.shop;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ten ways to block the calling thread, the same in each service of the matrix. The test takes the line to expect from
 * this file: the one that ends with {@code // blocks}.
 */
public final class Faults {

    private static final int MILLIS = 60;
    private static final int MONITOR_MILLIS = 200; // seen from outside, by a thread that may get no CPU for long
    private static final int CPU_MILLIS = 250; // longer than the threshold of stalls, also on a busy machine

    /** Keeps the computation from being optimised away. */
    static volatile long result;

    private Faults() {}

    /** Blocks the calling thread and returns its name. */
    public static String run(String kind) {
        try {
            switch (kind) {
                case "sleep":
                    sleep();
                    break;
                case "socket":
                    socket();
                    break;
                case "process":
                    process();
                    break;
                case "monitor":
                    monitor();
                    break;
                case "lock":
                    lock();
                    break;
                case "future":
                    future();
                    break;
                case "latch":
                    latch();
                    break;
                case "queue":
                    queue();
                    break;
                case "waiting":
                    waiting();
                    break;
                case "cpu":
                    cpu();
                    break;
                default:
                    throw new IllegalArgumentException(kind);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Thread.currentThread().getName();
    }

    private static void sleep() throws InterruptedException {
        Thread.sleep(MILLIS); // blocks
    }

    private static void socket() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            elsewhere(() -> answerLate(server));
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.getInputStream().read(); // blocks
            }
        }
    }

    private static void answerLate(ServerSocket server) {
        try (Socket accepted = server.accept();
                OutputStream out = accepted.getOutputStream()) {
            pause(MILLIS);
            out.write(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void process() throws IOException, InterruptedException {
        Process sleep = new ProcessBuilder("sleep", "0.06").start();
        sleep.waitFor(); // blocks
    }

    private static void monitor() {
        Object monitor = new Object();
        Thread waiting = Thread.currentThread();
        AtomicBoolean isHeld = new AtomicBoolean();
        elsewhere(() -> {
            synchronized (monitor) {
                isHeld.set(true);
                pauseOnceWaits(waiting, MONITOR_MILLIS);
            }
        });
        awaitShortly(isHeld);
        // in interpreted code the JVM names the line after "synchronized", where the block's first bytecode is
        synchronized (monitor) { result++; } // blocks
    }

    private static void lock() {
        ReentrantLock lock = new ReentrantLock();
        Thread waiting = Thread.currentThread();
        AtomicBoolean isHeld = new AtomicBoolean();
        elsewhere(() -> {
            lock.lock();
            isHeld.set(true);
            while (!lock.hasQueuedThread(waiting)) {
                Thread.yield(); // any other wait of the thread must not end the pause
            }
            pause(MILLIS);
            lock.unlock();
        });
        awaitShortly(isHeld);
        lock.lock(); // blocks
        lock.unlock();
    }

    private static void future() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread waiting = Thread.currentThread();
        elsewhere(() -> {
            pauseOnceWaits(waiting, MILLIS);
            answer.complete("late");
        });
        answer.join(); // blocks
    }

    private static void latch() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        elsewhere(() -> {
            pauseOnceWaits(waiting, MILLIS);
            latch.countDown();
        });
        latch.await(); // blocks
    }

    private static void queue() throws InterruptedException {
        new ArrayBlockingQueue<String>(1).poll(MILLIS, TimeUnit.MILLISECONDS); // blocks
    }

    private static void waiting() throws InterruptedException {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(MILLIS); // blocks
        }
    }

    private static void cpu() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CPU_MILLIS);
        long value = 1;
        while (System.nanoTime() < end) {
            value = value * 31 + 7;
        }
        result = value;
    }

    private static void elsewhere(Runnable work) {
        Thread thread = new Thread(work, "elsewhere");
        thread.setDaemon(true);
        thread.start();
    }

    /** On a busy machine the thread may get no CPU for longer than a pause, and would then find nothing to wait for. */
    private static void pauseOnceWaits(Thread thread, int millis) {
        while (thread.getState() == Thread.State.RUNNABLE) {
            Thread.yield();
        }
        pause(millis);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits without a call that blocks. */
    private static void awaitShortly(AtomicBoolean flag) {
        while (!flag.get()) {
            Thread.onSpinWait();
        }
    }
}
