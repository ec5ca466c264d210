package app.lab;

import app.lab.Lab.Ran;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** One method for each way to stall a loop. */
final class Stalls {

    /** A collection takes at least this time. */
    private static final long COLLECTION = TimeUnit.MILLISECONDS.toNanos(170);

    private static final int MAX_BLOCKS = 60;
    private static final int BLOCK = 300_000;

    private final Connection database = DriverManager.getConnection("jdbc:h2:mem:lab");
    private final Object monitor = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    /** The end of the last collection, in nanoseconds since 1970; a huge value while the requested one still runs. */
    private volatile long collected;

    private final Semaphore collect = new Semaphore(0);
    private final List<Object[]> live = new ArrayList<>();
    private final ByteBuffer output = ByteBuffer.allocateDirect(64 << 20);
    private final double deflatedBytesPerNano;

    Stalls() throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("create alias slow for 'java.lang.Thread.sleep(long)'")) {
            statement.execute();
        }
        int sample = 1 << 20;
        Work.deflate(Work.text(sample), output.clear());
        deflatedBytesPerNano = (double) sample / Work.deflate(Work.text(sample), output.clear());
        long took = 0;
        while (took < COLLECTION && live.size() < MAX_BLOCKS) {
            live.add(block());
            took = Math.min(collection(), collection());
        }
        System.out.println("HEAP " + live.size() + " blocks, a collection takes " + took / 1_000_000 + " ms");
        Thread collector = new Thread(this::collectOnRequest, "lab-collector");
        collector.setDaemon(true);
        collector.start();
    }

    private static long collection() {
        long start = System.nanoTime();
        System.gc();
        return System.nanoTime() - start;
    }

    /** Many objects, linked at random, which make marking slow. */
    private static Object[] block() {
        SplittableRandom random = new SplittableRandom(3);
        Object[] block = new Object[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = new Object[] {block[random.nextInt(i + 1)]};
        }
        return block;
    }

    private void collectOnRequest() {
        while (true) {
            collect.acquireUninterruptibly();
            System.gc();
            collected = Lab.epochNanos();
        }
    }

    void run(String id, Loop loop, String cause, long millis) throws Exception {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        switch (cause) {
            case "SLEEP" -> Lab.truth(id, loop.run(() -> sleep(millis)), "");
            case "JDBC" -> Lab.truth(id, loop.run(() -> query(millis)), "");
            case "CPU" -> Lab.truth(id, loop.run(() -> compute(nanos)), "");
            case "NATIVE" -> compress(id, loop, nanos);
            case "SYNCHRONIZED" -> synchronizedElsewhere(id, loop, millis);
            case "LOCK" -> lockedElsewhere(id, loop, millis);
            case "GC" -> Lab.truth(id, loop.run(() -> work(1 + (int) (millis % 2))), "");
            case "SLEEP_OVER_GC" -> Lab.truth(id, loop.run(() -> sleepOver(millis)), Long.toString(collected));
            case "SUSPENDED" -> suspended(id, loop);
            case "STARVED", "THROTTLED" -> Lab.truth(id, loop.run(() -> shortWork(nanos)), "");
            case "SMALL_TASKS" -> smallTasks(id, loop, millis);
            case "MIXED" -> mixed(id, loop, millis);
            default -> throw new IllegalArgumentException(cause);
        }
    }

    private static void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private void query(long millis) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("call slow(?)")) {
            statement.setLong(1, millis);
            statement.execute();
        }
    }

    private static void compute(long nanos) {
        Work.burnCpu(nanos);
    }

    private void compress(String id, Loop loop, long nanos) throws Exception {
        ByteBuffer text = Work.text((int) (deflatedBytesPerNano * nanos));
        output.clear();
        Ran ran = loop.run(() -> Work.deflate(text, output));
        Lab.truth(id, ran, "");
    }

    private void synchronizedElsewhere(String id, Loop loop, long millis) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch wanted = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    synchronized (monitor) {
                        hold(held, wanted, millis);
                    }
                },
                "lab-holder-" + id);
        holder.start();
        held.await();
        Ran ran = loop.run(() -> {
            wanted.countDown();
            enterMonitor();
        });
        holder.join();
        Lab.truth(id, ran, holder.getName());
    }

    private void enterMonitor() {
        synchronized (monitor) {
            Work.burn(1_000);
        }
    }

    private void lockedElsewhere(String id, Loop loop, long millis) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch wanted = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    lock.lock();
                    try {
                        hold(held, wanted, millis);
                    } finally {
                        lock.unlock();
                    }
                },
                "lab-holder-" + id);
        holder.start();
        held.await();
        Ran ran = loop.run(() -> {
            wanted.countDown();
            takeLock();
        });
        holder.join();
        Lab.truth(id, ran, holder.getName());
    }

    private void takeLock() {
        lock.lock();
        lock.unlock();
    }

    private static void hold(CountDownLatch held, CountDownLatch wanted, long millis) {
        held.countDown();
        try {
            wanted.await();
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Short work, made longer by collections. */
    private void work(int collections) {
        long before = Work.collections();
        for (int i = 1; i <= collections; i++) {
            collect.release();
            Work.burnUntilCollections(before + i);
        }
    }

    /** A collection runs meanwhile, but the sleep would last as long without it. */
    private void sleepOver(long millis) throws InterruptedException {
        collected = Long.MAX_VALUE;
        collect.release();
        sleep(millis + 400);
    }

    /** Short work, made longer by the driver, which stops the process. */
    private void suspended(String id, Loop loop) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Thread teller = new Thread(() -> {
            try {
                started.await();
                System.out.println("NOW " + id);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        teller.start();
        Ran ran = loop.run(() -> {
            started.countDown();
            Work.burnUntilJump(TimeUnit.MILLISECONDS.toNanos(120), TimeUnit.SECONDS.toNanos(3));
        });
        teller.join();
        Lab.truth(id, ran, "");
    }

    /** Short work, made longer by competitors for the CPU. */
    private static void shortWork(long nanos) {
        Work.burnUntilLost(nanos, nanos / 2);
    }

    private static void smallTasks(String id, Loop loop, long millis) throws Exception {
        SplittableRandom random = new SplittableRandom(millis);
        int count = (int) Math.max(200, millis * 1000 / 650);
        CountDownLatch left = new CountDownLatch(count);
        AtomicLong cpu = new AtomicLong();
        long start = Lab.epochNanos();
        for (int i = 0; i < count; i++) {
            long nanos = random.nextLong(300_000, 1_000_000);
            loop.execute(() -> smallTask(nanos, left, cpu));
        }
        left.await();
        Lab.truth(id, new Ran(loop.thread(), start, Lab.epochNanos(), cpu.get()), Integer.toString(count));
    }

    private static void smallTask(long nanos, CountDownLatch left, AtomicLong cpu) {
        if (cpu.get() == 0) {
            cpu.set(-Work.cpu());
        }
        Work.burn(nanos);
        if (left.getCount() == 1) {
            cpu.addAndGet(Work.cpu());
        }
        left.countDown();
    }

    private static void mixed(String id, Loop loop, long millis) throws Exception {
        long[] slept = new long[1];
        Ran ran = loop.run(() -> slept[0] = sleepAndCompute(millis));
        Lab.truth(id, ran, Long.toString(slept[0]));
    }

    /** Returns the nanoseconds of the sleep. */
    private static long sleepAndCompute(long millis) throws InterruptedException {
        long start = System.nanoTime();
        Thread.sleep(millis * 6 / 10);
        long slept = System.nanoTime() - start;
        Work.burnCpu(TimeUnit.MILLISECONDS.toNanos(millis * 4 / 10));
        return slept;
    }
}
