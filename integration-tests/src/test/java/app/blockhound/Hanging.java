package app.blockhound;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A loop sleeps while it has a lock that its thread predicate needs: another thread that asks the predicate waits until
 * the program ends. A second loop, which no predicate knows, computes and waits for a monitor meanwhile.
 */
public final class Hanging {

    /** The integration runs as a copy of another loader, which can use what is public. */
    public static final Object LOCK = new Object();

    private static final Object MONITOR = new Object();

    public static volatile boolean asked;
    private static volatile long result;

    private Hanging() {}

    public static void main(String[] args) throws Exception {
        ExecutorService changing = loop("changing");
        ExecutorService steady = loop("steady");
        while (!asked) {
            changing.submit(Hanging::pause).get();
        }
        CountDownLatch held = new CountDownLatch(1);
        changing.execute(() -> {
            synchronized (LOCK) {
                held.countDown();
                sleep(Long.MAX_VALUE);
            }
        });
        held.await();
        steady.submit(Hanging::pause).get();
        steady.submit(Hanging::compute).get();
        CountDownLatch entered = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            synchronized (MONITOR) {
                entered.countDown();
                hold();
            }
        });
        other.start();
        entered.await();
        steady.submit(Hanging::enter).get();
        steady.submit(Hanging::pause).get();
        System.out.println("DONE");
        System.in.read();
    }

    private static ExecutorService loop(String name) {
        return Executors.newFixedThreadPool(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void compute() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (System.nanoTime() < end) {
            result = result * 31 + 7;
        }
    }

    private static void enter() {
        synchronized (MONITOR) {
            result++;
        }
    }

    private static void hold() {
        sleep(200);
    }

    private static void pause() {
        sleep(1);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
