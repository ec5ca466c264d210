package app.loops;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An event loop on a machine that has more work than CPUs: it writes a few bytes to a file again and again, and often
 * loses its CPU meanwhile. Every now and then it really waits.
 */
public final class Overloaded {

    private static final int SECONDS = 3;
    private static final int BUSY_THREADS_PER_CPU = 1;
    private static final int WRITES = 2_000;
    private static final int WAIT_MILLIS = 4;

    private static final ArrayBlockingQueue<String> EMPTY = new ArrayBlockingQueue<>(1);

    static volatile long result;

    private Overloaded() {}

    public static void main(String[] args) throws InterruptedException {
        for (int i = 0; i < BUSY_THREADS_PER_CPU * Runtime.getRuntime().availableProcessors(); i++) {
            Thread busy = new Thread(Overloaded::compute, "busy-" + i);
            busy.setDaemon(true);
            busy.start();
        }
        Thread loop = new Thread(Overloaded::loop, "shop-loop");
        loop.start();
        loop.join();
    }

    private static void loop() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            Path path = Files.createTempFile("overloaded", "");
            try (Selector selector = Selector.open();
                    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                while (System.nanoTime() < end) {
                    selector.select(1);
                    write(file);
                    blocks();
                }
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[4_096];
        for (int i = 0; i < WRITES; i++) {
            file.seek(0);
            file.write(bytes);
        }
    }

    private static void blocks() throws InterruptedException {
        EMPTY.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void compute() {
        long value = 1;
        while (true) {
            value = value * 31 + 7;
            result = value;
        }
    }
}
